package org.zegel.trust.path;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verifies signatures on certificates: the JDK first, Bouncy Castle for what the JDK lacks. */
public final class CertificateSignatures {
    /** The one of this part: making one costs time and memory. */
    public static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Larger keys are only there to cost time. */
    static final int MAX_RSA_BITS = 16_384;

    /** A longer exponent makes one verification take as long as a signature. */
    static final int MAX_EXPONENT_BITS = 64;

    static final int MAX_DSA_BITS = 4_096;
    static final int USUAL_RSA_BITS = 4_096;
    static final int MAX_DSA_ORDER_BITS = 512;

    private CertificateSignatures() {}

    public static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            return signedBy(certificate, issuer.getPublicKey());
        } catch (RuntimeException unreadableKey) {
            return false;
        }
    }

    static boolean signedBy(X509Certificate certificate, PublicKey key) {
        return verifies(key, () -> certificate.verify(key), () -> certificate.verify(key, BOUNCY_CASTLE));
    }

    /** Issued by itself or by another key of the same name (RFC 5280 section 3.2). */
    public static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                || DistinguishedName.of(certificate.getSubjectX500Principal())
                        .equals(DistinguishedName.of(certificate.getIssuerX500Principal()));
    }

    /** About how many signatures of a usual key one of this key takes the time of; a search has only so many. */
    static int cost(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() <= USUAL_RSA_BITS ? 1 : 16;
            case ECPublicKey _, EdECPublicKey _ -> 1;
            // DSA, and what only Bouncy Castle has, curves of anybody's making among it.
            default -> 8;
        };
    }

    private interface Verification {
        void run() throws GeneralSecurityException;
    }

    private static boolean verifies(PublicKey key, Verification byJdk, Verification byBouncyCastle) {
        if (tooLarge(key)) {
            return false;
        }
        try {
            byJdk.run();
            return true;
        } catch (SignatureException wrong) {
            return !settledByJdk(key) && attempt(byBouncyCastle);
        } catch (GeneralSecurityException | RuntimeException unsupported) {
            return attempt(byBouncyCastle);
        }
    }

    private static boolean attempt(Verification verification) {
        try {
            verification.run();
            return true;
        } catch (GeneralSecurityException | RuntimeException no) {
            return false;
        }
    }

    /** A curve that the JDK lacks looks to it like a wrong signature; other keys need no second opinion. */
    private static boolean settledByJdk(PublicKey key) {
        return key instanceof RSAPublicKey || key instanceof DSAPublicKey;
    }

    /** Whether verifying with the key would take a time that nobody honest needs. */
    public static boolean tooLarge(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() > MAX_RSA_BITS
                        || rsa.getPublicExponent().bitLength() > MAX_EXPONENT_BITS;
            case DSAPublicKey dsa ->
                dsa.getParams() != null
                        && (dsa.getParams().getP().bitLength() > MAX_DSA_BITS
                                || dsa.getParams().getQ().bitLength() > MAX_DSA_ORDER_BITS);
            default -> false;
        };
    }
}
