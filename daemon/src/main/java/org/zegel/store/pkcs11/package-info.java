/** Smartcards and other tokens behind PKCS#11 modules: one store for each token, and one for each module that fails. */
@NullMarked
package org.zegel.store.pkcs11;

import org.jspecify.annotations.NullMarked;
