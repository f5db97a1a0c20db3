package org.zegel.trust;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.DigestNames;

/**
 * Which keys, signatures, digests and ciphers are still to be relied on. It names what is accepted: an algorithm that
 * nobody knows is not. Configured under {@code [trust.algorithms]}.
 *
 * @param minRsaBits shortest RSA modulus
 * @param minDsaBits shortest DSA prime
 * @param minEcBits smallest field of an elliptic curve; Edwards curves and what is measured otherwise always pass
 * @param signatures kinds of signature
 * @param digests words of {@link #DIGESTS}
 * @param ciphers words of {@link #CIPHERS}
 */
public record AlgorithmPolicy(
        int minRsaBits,
        int minDsaBits,
        int minEcBits,
        Set<SignatureFamily> signatures,
        Set<String> digests,
        Set<String> ciphers) {
    /** Digests that a policy may accept, by the name that signers' facts have; MD5 and older are never to be accepted. */
    private static final Map<String, String> DIGEST_WORDS = Map.ofEntries(
            Map.entry("SHA-1", "sha1"),
            Map.entry("SHA-224", "sha224"),
            Map.entry("SHA-256", "sha256"),
            Map.entry("SHA-384", "sha384"),
            Map.entry("SHA-512", "sha512"),
            Map.entry("SHA-512/224", "sha512-224"),
            Map.entry("SHA-512/256", "sha512-256"),
            Map.entry("SHA3-224", "sha3-224"),
            Map.entry("SHA3-256", "sha3-256"),
            Map.entry("SHA3-384", "sha3-384"),
            Map.entry("SHA3-512", "sha3-512"),
            Map.entry("SHAKE128-256", "shake128"),
            Map.entry("SHAKE256-512", "shake256"));

    /** Every digest that a policy can name. */
    public static final Set<String> DIGESTS = Set.copyOf(DIGEST_WORDS.values());

    /** Every cipher that a policy can name. Those with blocks of 64 bits or short keys (DES, RC2) are never accepted. */
    public static final Set<String> CIPHERS = Set.of(
            "aes128-cbc",
            "aes192-cbc",
            "aes256-cbc",
            "aes128-gcm",
            "aes192-gcm",
            "aes256-gcm",
            "aes128-ccm",
            "aes192-ccm",
            "aes256-ccm",
            "chacha20-poly1305",
            "camellia128-cbc",
            "camellia192-cbc",
            "camellia256-cbc",
            "seed-cbc");

    /** What holds where nobody decided otherwise. */
    public static final AlgorithmPolicy DEFAULT = new AlgorithmPolicy(
            2048,
            2048,
            256,
            EnumSet.complementOf(EnumSet.of(SignatureFamily.DSA)),
            without(DIGESTS, Set.of("sha1", "sha224", "sha512-224", "sha3-224")),
            CIPHERS);

    private static final DefaultDigestAlgorithmIdentifierFinder DIGEST_OF =
            new DefaultDigestAlgorithmIdentifierFinder();

    public AlgorithmPolicy {
        signatures = Set.copyOf(signatures);
        digests = Set.copyOf(digests);
        ciphers = Set.copyOf(ciphers);
    }

    /** Whether the key is long enough. One that cannot be read is not. */
    public boolean accepts(@Nullable PublicKey key) {
        if (key == null) {
            return false;
        }
        int bits = CertificateSummaries.keyBits(key);
        return switch (key) {
            case RSAPublicKey _ -> bits >= minRsaBits;
            case DSAPublicKey _ -> bits >= minDsaBits;
            case ECPublicKey _ -> bits >= minEcBits;
            default -> true;
        };
    }

    /** Whether a signature by this algorithm is to be relied on: of a certificate, a CRL, an OCSP response. */
    public boolean accepts(AlgorithmIdentifier signature) {
        @Nullable
        SignatureFamily family =
                SignatureFamily.ofIdentifier(signature.getAlgorithm().getId()).orElse(null);
        if (family == null || !signatures.contains(family)) {
            return false;
        }
        return switch (family) {
            case EDDSA, ML_DSA, SLH_DSA -> true;
            case RSA, RSA_PSS, ECDSA, DSA -> {
                @Nullable AlgorithmIdentifier digest = DIGEST_OF.find(signature);
                yield digest != null
                        && DigestNames.of(digest.getAlgorithm().getId())
                                .filter(this::acceptsDigest)
                                .isPresent();
            }
        };
    }

    /** Whether the issuer's signature on the certificate is to be relied on. */
    public boolean acceptsSignatureOf(X509Certificate certificate) {
        try {
            return accepts(Certificate.getInstance(certificate.getEncoded()).getSignatureAlgorithm());
        } catch (CertificateEncodingException | RuntimeException odd) {
            return false;
        }
    }

    /** Whether the digest with this usual name ({@code SHA-256}) is to be relied on. */
    public boolean acceptsDigest(String name) {
        @Nullable String word = DIGEST_WORDS.get(name);
        return word != null && digests.contains(word);
    }

    /** Whether signatures by the algorithm with this JCA-like name ({@code SHA256withRSA}) are; its digest apart. */
    public boolean acceptsSignature(String name) {
        return SignatureFamily.ofName(name).map(signatures::contains).orElse(false);
    }

    /** Whether the cipher with this usual name ({@code AES-256-CBC}) is to be relied on. */
    public boolean acceptsCipher(String name) {
        String word = name.toLowerCase(Locale.ROOT).replace("aes-", "aes").replace("camellia-", "camellia");
        return ciphers.contains(word);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return Set.copyOf(all.stream().filter(one -> !some.contains(one)).toList());
    }
}
