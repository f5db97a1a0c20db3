package org.zegel.store;

import java.util.Optional;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;

/** A private key bound to a consent; closing it forgets what was unlocked for it. Not for use by several threads. */
public interface BoundKey extends AutoCloseable {
    Identity identity();

    /** Whether {@link #sign} can do the scheme. */
    boolean supports(SignatureScheme scheme);

    /** Signs the message (not a hash of it; at most {@value #MAX_TO_BE_SIGNED} bytes), digest included. */
    byte[] sign(SignatureScheme scheme, byte[] message) throws Failure;

    /** RSA decryption, where the key can. */
    Optional<RsaDecryption> decryption();

    /** ECDH or X25519 key agreement, where the key can. */
    Optional<KeyAgreement> agreement();

    @Override
    void close();

    /** Signed attributes are small; a whole message is never handed to a key. */
    int MAX_TO_BE_SIGNED = 1 << 20;
}
