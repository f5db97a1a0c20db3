/**
 * Use cases: list and lock stores, and change a passphrase.
 */
@NullMarked
package org.zegel.operation.store;

import org.jspecify.annotations.NullMarked;
