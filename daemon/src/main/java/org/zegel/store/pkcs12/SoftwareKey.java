package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;

/** A private key in this process's memory. Uses the JDK's providers, Bouncy Castle only for curves they lack. */
public final class SoftwareKey implements BoundKey {
    /** The families of private keys; what each can do. */
    private enum Family {
        RSA,
        RSA_PSS_ONLY,
        EC,
        ED25519,
        XDH,
        OTHER
    }

    private final Identity identity;
    private final Family family;
    private @Nullable PrivateKey key;

    public SoftwareKey(Identity identity, PrivateKey key) {
        this.identity = identity;
        this.key = key;
        this.family = familyOf(key);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> family == Family.RSA;
            case RSA_PSS -> (family == Family.RSA || family == Family.RSA_PSS_ONLY) && longEnough(scheme.digest());
            case ECDSA -> family == Family.EC;
            case ED25519 -> family == Family.ED25519;
        };
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        if (!supports(scheme)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "This identity's key cannot sign with the requested algorithm. Choose one that fits the key.");
        }
        if (message.length > MAX_TO_BE_SIGNED) {
            throw new Failure(Failure.Kind.CONTENT_TOO_LARGE, "The data to sign is too large for a key.");
        }
        PrivateKey signingKey = key();
        try {
            Signature signature = signature(scheme, signingKey);
            signature.initSign(signingKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException refused) {
            throw new Failure(Failure.Kind.IDENTITY_UNSUITABLE, "The key could not make this signature.", refused);
        }
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        return family == Family.RSA ? Optional.of(new SoftwareRsa(key())) : Optional.empty();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        return family == Family.EC || family == Family.XDH
                ? Optional.of(new SoftwareAgreement(key(), family == Family.EC))
                : Optional.empty();
    }

    @Override
    public void close() {
        key = null;
    }

    private PrivateKey key() {
        PrivateKey open = key;
        if (open == null) {
            throw new IllegalStateException("key already closed");
        }
        return open;
    }

    /** RFC 8017 section 9.1.1: the modulus must hold twice the digest and two bytes. */
    private boolean longEnough(Digest digest) {
        int digestBytes = digestBytes(digest);
        return !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() - 1 >= 8 * (2 * digestBytes + 2) - 7;
    }

    private static int digestBytes(Digest digest) {
        return switch (digest) {
            case SHA256 -> 32;
            case SHA384 -> 48;
            case SHA512 -> 64;
        };
    }

    private static Signature signature(SignatureScheme scheme, PrivateKey key)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException, InvalidKeyException {
        String digest = scheme.digest().algorithm();
        String shortName = digest.replace("-", "");
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> Signature.getInstance(shortName + "withRSA");
            case RSA_PSS -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                int salt = digestBytes(scheme.digest());
                pss.setParameter(new PSSParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), salt, PSSParameterSpec.TRAILER_FIELD_BC));
                yield pss;
            }
            case ECDSA ->
                isBouncyCastles(key)
                        ? Signature.getInstance(shortName + "withECDSA", BouncyCastle.provider())
                        : Signature.getInstance(shortName + "withECDSA");
            case ED25519 -> Signature.getInstance("Ed25519");
        };
    }

    static boolean isBouncyCastles(PrivateKey key) {
        return key.getClass().getName().startsWith("org.bouncycastle.");
    }

    private static Family familyOf(PrivateKey key) {
        return switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
            case "RSA" -> Family.RSA;
            case "RSASSA-PSS" -> Family.RSA_PSS_ONLY;
            case "EC", "ECDSA", "ECDH" -> Family.EC;
            case "ED25519" -> Family.ED25519;
            case "EDDSA" -> isEd25519(key) ? Family.ED25519 : Family.OTHER;
            case "XDH", "X25519", "X448" -> Family.XDH;
            default -> Family.OTHER;
        };
    }

    private static boolean isEd25519(PrivateKey key) {
        return key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }
}
