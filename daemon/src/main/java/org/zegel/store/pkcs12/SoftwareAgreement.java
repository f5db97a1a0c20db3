package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.zegel.model.Failure;
import org.zegel.store.KeyAgreement;

/** ECDH and XDH (X25519, X448). A point that is not on the key's own curve, or of small order, is refused. */
record SoftwareAgreement(PrivateKey key, boolean ec) implements KeyAgreement {
    @Override
    public byte[] agree(PublicKey other) throws Failure {
        try {
            boolean bouncy = SoftwareKey.isBouncyCastles(key);
            String keyType = ec ? "EC" : "XDH";
            // The peer's key may come from another provider: read it again with ours, which checks it.
            KeyFactory factory =
                    bouncy ? KeyFactory.getInstance(keyType, BouncyCastle.provider()) : KeyFactory.getInstance(keyType);
            PublicKey point = factory.generatePublic(new X509EncodedKeySpec(other.getEncoded()));
            String name = ec ? "ECDH" : "XDH";
            javax.crypto.KeyAgreement agreement = bouncy
                    ? javax.crypto.KeyAgreement.getInstance(name, BouncyCastle.provider())
                    : javax.crypto.KeyAgreement.getInstance(name);
            agreement.init(key);
            agreement.doPhase(point, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException | IllegalStateException failed) {
            throw new Failure(Failure.Kind.CANNOT_DECRYPT, "The message cannot be decrypted with this key.");
        }
    }
}
