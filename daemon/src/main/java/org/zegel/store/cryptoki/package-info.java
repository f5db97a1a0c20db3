/**
 * PKCS#11 modules, each reached through a helper process of its own, for the backends that stand on them ({@code
 * store.pkcs11}, {@code store.nss}). Here are the types they speak; {@code binding} calls a module and runs in the helper
 * alone, {@code helper} is the process and the pipe to it. Nothing here knows consent, identities or the port.
 */
@NullMarked
package org.zegel.store.cryptoki;

import org.jspecify.annotations.NullMarked;
