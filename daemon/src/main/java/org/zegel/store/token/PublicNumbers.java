package org.zegel.store.token;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** A public key taken apart; of a point it is known that it lies on its curve. */
record PublicNumbers(@Nullable AsymmetricKeyParameter key) {
    private static final int BYTE = 8;

    /** Empty of all where it cannot be read. */
    static PublicNumbers of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return new PublicNumbers(null);
        }
        try {
            return new PublicNumbers(PublicKeyFactory.createKey(encoded));
        } catch (IOException | RuntimeException unreadable) {
            return new PublicNumbers(null);
        }
    }

    Optional<RSAKeyParameters> rsa() {
        return key instanceof RSAKeyParameters rsa ? Optional.of(rsa) : Optional.empty();
    }

    Optional<ECPublicKeyParameters> ec() {
        return key instanceof ECPublicKeyParameters ec ? Optional.of(ec) : Optional.empty();
    }

    Optional<X25519PublicKeyParameters> x25519() {
        return key instanceof X25519PublicKeyParameters x ? Optional.of(x) : Optional.empty();
    }

    boolean isEd25519() {
        return key instanceof Ed25519PublicKeyParameters;
    }

    /** Of an RSA key. */
    int modulusBytes() {
        return (rsa().orElseThrow().getModulus().bitLength() + BYTE - 1) / BYTE;
    }
}
