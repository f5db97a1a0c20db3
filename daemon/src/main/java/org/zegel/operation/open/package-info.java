/**
 * Use case: decrypt and verify a message, judge it, and harvest what it teaches.
 */
@NullMarked
package org.zegel.operation.open;

import org.jspecify.annotations.NullMarked;
