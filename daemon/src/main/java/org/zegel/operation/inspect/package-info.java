/**
 * Use case: show the structure of a message without any key.
 */
@NullMarked
package org.zegel.operation.inspect;

import org.jspecify.annotations.NullMarked;
