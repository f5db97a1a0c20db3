package org.zegel.smime.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.zegel.content.Content;
import org.zegel.smime.ber.Malformed;

/** Checks a signature value: with the JDK, and with Bouncy Castle for the curves and algorithms the JDK lacks. */
final class SignatureValue {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final SignatureScheme scheme;
    private final PublicKey key;
    private final byte[] value;

    SignatureValue(SignatureScheme scheme, PublicKey key, byte[] value) {
        this.scheme = scheme;
        this.key = key;
        this.value = value;
    }

    /** Whether the value fits these bytes; {@link Malformed} when that cannot be told. */
    boolean fits(byte[] signed) throws IOException {
        Signature signature = initialised();
        try {
            signature.update(signed);
            return signature.verify(value);
        } catch (SignatureException doesNotFit) {
            return false;
        }
    }

    /** Whether the value fits the content itself, line ends made canonical or not. */
    boolean fits(Content content, boolean canonical) throws IOException {
        Signature signature = initialised();
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    signature.update(bytes, offset, length);
                } catch (SignatureException impossible) {
                    throw new Malformed("signature-unverifiable", impossible);
                }
            }
        };
        try (InputStream in = content.open()) {
            in.transferTo(canonical ? new CanonicalLineEnds(sink, false) : sink);
        }
        try {
            return signature.verify(value);
        } catch (SignatureException doesNotFit) {
            return false;
        }
    }

    private Signature initialised() throws Malformed {
        try {
            return initialised(Signature.getInstance(scheme.name()), key);
        } catch (NoSuchAlgorithmException | InvalidKeyException lacking) {
            return withBouncyCastle();
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw new Malformed("signature-unverifiable", unusable);
        }
    }

    private Signature withBouncyCastle() throws Malformed {
        try {
            PublicKey converted = KeyFactory.getInstance(key.getAlgorithm(), BOUNCY_CASTLE)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
            return initialised(Signature.getInstance(scheme.name(), BOUNCY_CASTLE), converted);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw new Malformed("signature-unverifiable", unusable);
        }
    }

    private Signature initialised(Signature signature, PublicKey publicKey) throws GeneralSecurityException {
        if (scheme.parameters() != null) {
            signature.setParameter(scheme.parameters());
        }
        signature.initVerify(publicKey);
        return signature;
    }
}
