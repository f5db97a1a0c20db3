/**
 * Use case: sign a message.
 */
@NullMarked
package org.zegel.operation.sign;

import org.jspecify.annotations.NullMarked;
