/**
 * Use cases: read and check the log of key uses.
 */
@NullMarked
package org.zegel.operation.audit;

import org.jspecify.annotations.NullMarked;
