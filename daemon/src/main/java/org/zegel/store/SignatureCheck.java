package org.zegel.store;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

/** Whether a key that lives elsewhere is its certificate's: that is its store's word alone until it has signed once. */
public enum SignatureCheck {
    RIGHT,
    WRONG,
    /** The JDK lacks the algorithm or curve: whoever reads the message will see. */
    CANNOT_TELL;

    /** Of a signature by the scheme over the message. */
    public static SignatureCheck of(SignatureScheme scheme, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = verifier(scheme);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature) ? RIGHT : WRONG;
        } catch (SignatureException malformed) {
            return WRONG;
        } catch (GeneralSecurityException unknown) {
            return CANNOT_TELL;
        }
    }

    private static Signature verifier(SignatureScheme scheme) throws GeneralSecurityException {
        String digest = scheme.digest().algorithm();
        String name = digest.replace("-", "");
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> Signature.getInstance(name + "withRSA");
            case RSA_PSS -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), length(scheme.digest()), 1));
                yield pss;
            }
            case ECDSA -> Signature.getInstance(name + "withECDSA");
            case ED25519 -> Signature.getInstance("Ed25519");
        };
    }

    private static int length(Digest digest) {
        return switch (digest) {
            case SHA256 -> 32;
            case SHA384 -> 48;
            case SHA512 -> 64;
        };
    }
}
