/**
 * Use cases: list stores and change a passphrase.
 */
@NullMarked
package org.zegel.operation.store;

import org.jspecify.annotations.NullMarked;
