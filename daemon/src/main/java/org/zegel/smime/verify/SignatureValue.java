package org.zegel.smime.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.cms.BouncyCastle;

/** Checks a signature value: with the JDK, and with Bouncy Castle for the curves and algorithms the JDK lacks. */
final class SignatureValue {
    /** Longest RSA modulus. */
    static final int MAX_BITS = 16_384;
    /** Longest RSA public exponent. */
    static final int MAX_EXPONENT_BITS = 64;
    /** Longest DSA prime (FIPS 186-4 has 3072). */
    static final int MAX_DSA_BITS = 4_096;
    /** Longest DSA subprime (FIPS 186-4 has 256). */
    static final int MAX_DSA_ORDER_BITS = 512;

    private final VerificationScheme scheme;
    private final PublicKey key;
    private final byte[] value;

    SignatureValue(VerificationScheme scheme, PublicKey key, byte[] value) {
        this.scheme = scheme;
        this.key = key;
        this.value = value;
    }

    /** Whether the value fits these bytes; {@link Malformed} when that cannot be told. */
    boolean fits(byte[] signed) throws IOException {
        return fits(signature -> signature.update(signed));
    }

    /** Whether the value fits the content itself in this form. */
    boolean fits(SignedMaterial material, LineEnds form) throws IOException {
        return fits(signature -> material.copy(form, new SignatureOutput(signature)));
    }

    private boolean fits(Feed feed) throws IOException {
        try {
            return verified(initialised(), feed);
        } catch (SignatureException notTaken) {
            // The JDK notices a curve it lacks only here; anything else is a value that does not fit.
            return scheme.name().endsWith("ECDSA") && fitsByBouncyCastle(feed);
        }
    }

    private boolean fitsByBouncyCastle(Feed feed) throws IOException {
        try {
            return verified(withBouncyCastle(), feed);
        } catch (SignatureException doesNotFit) {
            return false;
        }
    }

    private boolean verified(Signature signature, Feed feed) throws IOException, SignatureException {
        feed.into(signature);
        return signature.verify(value);
    }

    /** Gives a signature what it is over. */
    private interface Feed {
        void into(Signature signature) throws IOException, SignatureException;
    }

    /** A signature as a sink. */
    private static final class SignatureOutput extends OutputStream {
        private final Signature signature;

        SignatureOutput(Signature signature) {
            this.signature = signature;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                signature.update(bytes, offset, length);
            } catch (SignatureException impossible) {
                throw new Malformed(Finding.SIGNATURE_UNVERIFIABLE, impossible);
            }
        }
    }

    private Signature initialised() throws Malformed {
        if (!scheme.allowedBy(key) || excessive(key)) {
            throw new Malformed(Finding.KEY_UNSUITABLE);
        }
        try {
            return initialised(Signature.getInstance(scheme.name()), key);
        } catch (NoSuchAlgorithmException | InvalidKeyException lacking) {
            return withBouncyCastle();
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw new Malformed(Finding.SIGNATURE_UNVERIFIABLE, unusable);
        }
    }

    /** Keys nobody uses, made to keep the verifier busy: one verification would take seconds. */
    private static boolean excessive(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() > MAX_BITS
                        || rsa.getPublicExponent().bitLength() > MAX_EXPONENT_BITS;
            case DSAPublicKey dsa ->
                dsa.getParams() != null
                        && (dsa.getParams().getP().bitLength() > MAX_DSA_BITS
                                || dsa.getParams().getQ().bitLength() > MAX_DSA_ORDER_BITS);
            default -> false;
        };
    }

    private Signature withBouncyCastle() throws Malformed {
        try {
            PublicKey converted = KeyFactory.getInstance(key.getAlgorithm(), BouncyCastle.PROVIDER)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
            return initialised(Signature.getInstance(scheme.name(), BouncyCastle.PROVIDER), converted);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            throw new Malformed(Finding.SIGNATURE_UNVERIFIABLE, unusable);
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
