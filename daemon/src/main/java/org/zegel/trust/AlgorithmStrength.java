package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Strength;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.PublicKeys;
import org.zegel.trust.revocation.SignatureStrength;

/** Holds what was found against the policy on algorithms, and says which of it is too weak. */
record AlgorithmStrength(AlgorithmPolicy policy) {
    static Strength of(List<Finding> weaknesses) {
        return weaknesses.isEmpty() ? Strength.ACCEPTABLE : Strength.WEAK;
    }

    /** The digest and the signature of one signer, as far as they are known. */
    List<Finding> of(SignerFacts signer) {
        List<Finding> weaknesses = new ArrayList<>();
        @Nullable String digest = signer.digestAlgorithm();
        if (digest != null && !policy.acceptsDigest(digest)) {
            weaknesses.add(Finding.DIGEST_WEAK);
        }
        @Nullable String signature = signer.signatureAlgorithm();
        // Where the signature has a digest of its own, it is not the one that was looked at above.
        boolean otherDigest = signer.findings().contains(Finding.DIGEST_MISMATCH);
        if (signature != null && (!policy.acceptsSignature(signature) || otherDigest && signer.signatureWeak())) {
            weaknesses.add(Finding.SIGNATURE_ALGORITHM_WEAK);
        }
        return weaknesses;
    }

    /** Keys of the whole path, signatures of all but the anchor: nobody relies on what an anchor says of itself. */
    List<Finding> of(CandidatePath path) {
        List<Finding> weaknesses = new ArrayList<>();
        if (!policy.accepts(PublicKeys.of(path.leaf()))) {
            weaknesses.add(Finding.KEY_WEAK);
        }
        List<X509Certificate> certificates = path.certificates();
        if (!certificates.stream().skip(1).allMatch(issuer -> policy.accepts(PublicKeys.of(issuer)))) {
            weaknesses.add(Finding.ISSUER_KEY_WEAK);
        }
        if (!certificates.stream()
                .filter(certificate -> !(path.anchored() && certificate.equals(path.last())))
                .allMatch(policy::acceptsSignatureOf)) {
            weaknesses.add(Finding.CERTIFICATE_SIGNATURE_WEAK);
        }
        return weaknesses;
    }

    /** The same questions for the signatures of CRLs and OCSP answers. */
    SignatureStrength ofRevocation() {
        return new SignatureStrength() {
            @Override
            public boolean acceptable(AlgorithmIdentifier signature) {
                return policy.accepts(signature);
            }

            @Override
            public boolean acceptable(X509Certificate signer) {
                return policy.accepts(PublicKeys.of(signer));
            }
        };
    }
}
