/**
 * A token of PKCS#11 behind the port, for the backends that have tokens ({@code store.pkcs11}, {@code store.nss}): its
 * identities, its PIN and how long it counts, and what its keys do, with in software what the token leaves to do. Which
 * tokens there are is the backends' to know.
 */
@NullMarked
package org.zegel.store.token;

import org.jspecify.annotations.NullMarked;
