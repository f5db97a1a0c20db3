package org.zegel.smime.verify;

import static java.util.Map.entry;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/**
 * How a signature value is checked.
 *
 * @param name JCA name, for instance {@code SHA256withRSA}
 * @param weak no longer to be trusted
 */
record VerificationScheme(String name, @Nullable AlgorithmParameterSpec parameters, boolean weak) {
    private static final String RSA = "RSA";
    private static final String ECDSA = "ECDSA";
    private static final String DSA = "DSA";

    /** A family of schemes and the digest its identifier names; null when digestAlgorithm alone tells. */
    private record Family(String key, @Nullable String digest) {}

    private static final Map<String, Family> FAMILIES = Map.ofEntries(
            entry("1.2.840.113549.1.1.1", new Family(RSA, null)),
            entry("1.2.840.113549.1.1.2", new Family(RSA, "MD2")),
            entry("1.2.840.113549.1.1.4", new Family(RSA, "MD5")),
            entry("1.2.840.113549.1.1.5", new Family(RSA, "SHA-1")),
            entry("1.3.14.3.2.29", new Family(RSA, "SHA-1")),
            entry("1.2.840.113549.1.1.14", new Family(RSA, "SHA-224")),
            entry("1.2.840.113549.1.1.11", new Family(RSA, "SHA-256")),
            entry("1.2.840.113549.1.1.12", new Family(RSA, "SHA-384")),
            entry("1.2.840.113549.1.1.13", new Family(RSA, "SHA-512")),
            entry("1.2.840.113549.1.1.15", new Family(RSA, "SHA-512/224")),
            entry("1.2.840.113549.1.1.16", new Family(RSA, "SHA-512/256")),
            entry("2.16.840.1.101.3.4.3.13", new Family(RSA, "SHA3-224")),
            entry("2.16.840.1.101.3.4.3.14", new Family(RSA, "SHA3-256")),
            entry("2.16.840.1.101.3.4.3.15", new Family(RSA, "SHA3-384")),
            entry("2.16.840.1.101.3.4.3.16", new Family(RSA, "SHA3-512")),
            entry("1.2.840.10045.2.1", new Family(ECDSA, null)),
            entry("1.2.840.10045.4.1", new Family(ECDSA, "SHA-1")),
            entry("1.2.840.10045.4.3.1", new Family(ECDSA, "SHA-224")),
            entry("1.2.840.10045.4.3.2", new Family(ECDSA, "SHA-256")),
            entry("1.2.840.10045.4.3.3", new Family(ECDSA, "SHA-384")),
            entry("1.2.840.10045.4.3.4", new Family(ECDSA, "SHA-512")),
            entry("2.16.840.1.101.3.4.3.9", new Family(ECDSA, "SHA3-224")),
            entry("2.16.840.1.101.3.4.3.10", new Family(ECDSA, "SHA3-256")),
            entry("2.16.840.1.101.3.4.3.11", new Family(ECDSA, "SHA3-384")),
            entry("2.16.840.1.101.3.4.3.12", new Family(ECDSA, "SHA3-512")),
            entry("1.2.840.10040.4.1", new Family(DSA, null)),
            entry("1.2.840.10040.4.3", new Family(DSA, "SHA-1")),
            entry("1.3.14.3.2.27", new Family(DSA, "SHA-1")),
            entry("2.16.840.1.101.3.4.3.1", new Family(DSA, "SHA-224")),
            entry("2.16.840.1.101.3.4.3.2", new Family(DSA, "SHA-256")),
            entry("2.16.840.1.101.3.4.3.3", new Family(DSA, "SHA-384")),
            entry("2.16.840.1.101.3.4.3.4", new Family(DSA, "SHA-512")));

    /** Schemes that bring their own digest. */
    private static final Map<String, String> PURE = Map.of(
            "1.3.101.112", "Ed25519",
            "1.3.101.113", "Ed448",
            "2.16.840.1.101.3.4.3.17", "ML-DSA-44",
            "2.16.840.1.101.3.4.3.18", "ML-DSA-65",
            "2.16.840.1.101.3.4.3.19", "ML-DSA-87");

    /** Whether the scheme takes the message itself, all at once. */
    boolean pure() {
        return PURE.containsValue(name);
    }

    /**
     * The scheme that a SignerInfo names.
     *
     * @param digest JCA name of its digestAlgorithm
     * @throws Malformed {@code signature-algorithm-unsupported}, or {@code digest-mismatch} when the two algorithms
     *     name different digests
     */
    static VerificationScheme of(AlgorithmIdentifier algorithm, String digest) throws Malformed {
        String id = algorithm.getAlgorithm().getId();
        String pure = PURE.get(id);
        if (pure != null) {
            return new VerificationScheme(pure, null, false);
        }
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return pss(algorithm, digest);
        }
        Family family = FAMILIES.get(id);
        if (family == null) {
            throw new Malformed(Finding.SIGNATURE_ALGORITHM_UNSUPPORTED);
        }
        if (family.digest() != null && !family.digest().equals(digest)) {
            throw new Malformed(Finding.DIGEST_MISMATCH);
        }
        String prefix = digest.startsWith("SHA-") ? "SHA" + digest.substring(4) : digest;
        boolean weak = DigestAlgorithms.weak(digest) || family.key().equals(DSA);
        return new VerificationScheme(prefix + "with" + family.key(), null, weak);
    }

    private static VerificationScheme pss(AlgorithmIdentifier algorithm, String digest) throws Malformed {
        try {
            RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
            if (parameters == null) {
                throw new Malformed(Finding.SIGNATURE_ALGORITHM_MALFORMED);
            }
            AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
            String maskDigest = DigestAlgorithms.name(AlgorithmIdentifier.getInstance(mask.getParameters())
                            .getAlgorithm())
                    .orElse("");
            String named = DigestAlgorithms.name(parameters.getHashAlgorithm().getAlgorithm())
                    .orElse("");
            if (!named.equals(digest)) {
                throw new Malformed(Finding.DIGEST_MISMATCH);
            }
            if (!mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1) || maskDigest.isEmpty()) {
                throw new Malformed(Finding.SIGNATURE_ALGORITHM_UNSUPPORTED);
            }
            int salt = parameters.getSaltLength().intValueExact();
            int trailer = parameters.getTrailerField().intValueExact();
            AlgorithmParameterSpec spec =
                    new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(maskDigest), salt, trailer);
            return new VerificationScheme("RSASSA-PSS", spec, DigestAlgorithms.weak(digest));
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.SIGNATURE_ALGORITHM_MALFORMED, malformed);
        }
    }
}
