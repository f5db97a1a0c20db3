package org.zegel.trust.revocation;

import java.io.IOException;
import java.io.OutputStream;
import java.security.Provider;
import java.security.PublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.zegel.trust.path.CertificateSignatures;

/** Verifies the signatures of CRLs and OCSP answers: the JDK first, Bouncy Castle for what the JDK lacks. */
final class Signatures {
    private static final int BLOCK = 16 * 1024;

    private Signatures() {}

    /** Bytes within an array: a CRL is not copied to be verified. */
    record Slice(byte[] bytes, int from, int to) {
        Slice(byte[] whole) {
            this(whole, 0, whole.length);
        }
    }

    static boolean verify(Slice signed, AlgorithmIdentifier algorithm, byte[] signature, PublicKey signer) {
        if (CertificateSignatures.tooLarge(signer)) {
            return false;
        }
        return attempt(null, signed, algorithm, signature, signer)
                || attempt(CertificateSignatures.BOUNCY_CASTLE, signed, algorithm, signature, signer);
    }

    private static boolean attempt(
            @Nullable Provider provider,
            Slice signed,
            AlgorithmIdentifier algorithm,
            byte[] signature,
            PublicKey signer) {
        try {
            JcaContentVerifierProviderBuilder builder = new JcaContentVerifierProviderBuilder();
            if (provider != null) {
                builder.setProvider(provider);
            }
            ContentVerifier verifier = builder.build(signer).get(algorithm);
            try (OutputStream out = verifier.getOutputStream()) {
                for (int at = signed.from(); at < signed.to(); at += BLOCK) {
                    out.write(signed.bytes(), at, Math.min(BLOCK, signed.to() - at));
                }
            }
            return verifier.verify(signature);
        } catch (OperatorCreationException | IOException | RuntimeException no) {
            return false;
        }
    }
}
