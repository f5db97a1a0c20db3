/**
 * Use cases: list, import, export, prefer and remove identities.
 */
@NullMarked
package org.zegel.operation.identity;

import org.jspecify.annotations.NullMarked;
