package org.zegel.store.token;

import org.zegel.model.Failure;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;

/** What a token itself does with one private key; login and PIN are seen to. */
interface PrivateOperations {
    /** Whether the token says that it can do this. */
    boolean has(Mechanism mechanism);

    byte[] sign(Mechanism mechanism, byte[] data) throws ModuleFailure, Failure;

    byte[] decrypt(Mechanism mechanism, byte[] data) throws ModuleFailure, Failure;

    /** ECDH with a point; the raw shared secret. */
    byte[] derive(byte[] point) throws ModuleFailure, Failure;
}
