/**
 * Which certificate an address is encrypted to, and with which cipher.
 */
@NullMarked
package org.zegel.operation.recipient;

import org.jspecify.annotations.NullMarked;
