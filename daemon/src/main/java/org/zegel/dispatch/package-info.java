/**
 * From a typed request to an operation, and from a failure to an error code: the one gate of all doors.
 */
@NullMarked
package org.zegel.dispatch;

import org.jspecify.annotations.NullMarked;
