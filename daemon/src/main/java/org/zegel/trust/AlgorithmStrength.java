package org.zegel.trust;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.Verdict.Strength;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.PublicKeys;
import org.zegel.trust.revocation.SignatureStrength;

/** Which keys and signature algorithms are still to be relied on. */
final class AlgorithmStrength {
    static final int MIN_RSA_BITS = 2048;
    static final int MIN_DSA_BITS = 2048;
    static final int MIN_EC_BITS = 256;

    private static final Set<ASN1ObjectIdentifier> STRONG_DIGESTS = Set.of(
            NISTObjectIdentifiers.id_sha256,
            NISTObjectIdentifiers.id_sha384,
            NISTObjectIdentifiers.id_sha512,
            NISTObjectIdentifiers.id_sha512_256,
            NISTObjectIdentifiers.id_sha3_256,
            NISTObjectIdentifiers.id_sha3_384,
            NISTObjectIdentifiers.id_sha3_512,
            NISTObjectIdentifiers.id_shake256);

    /** ML-DSA (RFC 9881), which names no digest. */
    private static final Set<ASN1ObjectIdentifier> POST_QUANTUM = Set.of(
            NISTObjectIdentifiers.id_ml_dsa_44, NISTObjectIdentifiers.id_ml_dsa_65, NISTObjectIdentifiers.id_ml_dsa_87);

    private static final DefaultDigestAlgorithmIdentifierFinder DIGESTS = new DefaultDigestAlgorithmIdentifierFinder();

    private AlgorithmStrength() {}

    /** Keys of the whole path, signatures of all but the anchor: nobody relies on what an anchor says of itself. */
    static Strength of(CandidatePath path) {
        boolean strong = path.certificates().stream().allMatch(certificate -> strongKey(certificate))
                && path.certificates().stream()
                        .filter(certificate -> !(path.anchored() && certificate.equals(path.last())))
                        .allMatch(AlgorithmStrength::strongSignature);
        return strong ? Strength.ACCEPTABLE : Strength.WEAK;
    }

    private static boolean strongKey(X509Certificate certificate) {
        @Nullable PublicKey key = PublicKeys.of(certificate);
        if (key == null) {
            return false;
        }
        int bits = CertificateSummaries.keyBits(key);
        return switch (key) {
            case RSAPublicKey _ -> bits >= MIN_RSA_BITS;
            case DSAPublicKey _ -> bits >= MIN_DSA_BITS;
            case ECPublicKey _ -> bits >= MIN_EC_BITS;
            default -> true;
        };
    }

    /** The same questions for the signatures of CRLs and OCSP answers. */
    static final SignatureStrength OF_REVOCATION = new SignatureStrength() {
        @Override
        public boolean acceptable(AlgorithmIdentifier signature) {
            return strong(signature);
        }

        @Override
        public boolean acceptable(X509Certificate signer) {
            return strongKey(signer);
        }
    };

    private static boolean strongSignature(X509Certificate certificate) {
        try {
            return strong(Certificate.getInstance(certificate.getEncoded()).getSignatureAlgorithm());
        } catch (CertificateEncodingException | RuntimeException odd) {
            return false;
        }
    }

    private static boolean strong(AlgorithmIdentifier signature) {
        if (POST_QUANTUM.contains(signature.getAlgorithm())) {
            return true;
        }
        @Nullable AlgorithmIdentifier digest = DIGESTS.find(signature);
        return digest != null && STRONG_DIGESTS.contains(digest.getAlgorithm());
    }
}
