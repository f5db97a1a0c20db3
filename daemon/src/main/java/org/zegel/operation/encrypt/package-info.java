/**
 * Use case: encrypt a message, optionally signing it first.
 */
@NullMarked
package org.zegel.operation.encrypt;

import org.jspecify.annotations.NullMarked;
