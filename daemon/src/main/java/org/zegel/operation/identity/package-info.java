/**
 * Use cases: list, import, export and prefer identities.
 */
@NullMarked
package org.zegel.operation.identity;

import org.jspecify.annotations.NullMarked;
