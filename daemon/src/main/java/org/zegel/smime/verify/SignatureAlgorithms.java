package org.zegel.smime.verify;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signature algorithms by object identifier, as SignerInfos name them. */
final class SignatureAlgorithms {
    /** What a key is used with. */
    enum Kind {
        RSA("RSA"),
        /** RSASSA-PSS over a SHAKE (RFC 8702): no parameters. */
        RSA_PSS_SHAKE("RSAPSS"),
        ECDSA("ECDSA"),
        /** ECDSA whose value is r and s side by side (BSI TR-03111). */
        PLAIN_ECDSA("PLAIN-ECDSA"),
        DSA("DSA");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }

        /** The JCA name together with a digest. */
        String with(String digest) {
            String prefix = digest.startsWith("SHAKE")
                    ? digest.substring(0, digest.indexOf('-'))
                    : digest.startsWith("SHA-") ? "SHA" + digest.substring("SHA-".length()) : digest;
            return prefix + "with" + suffix;
        }
    }

    /** An algorithm and the digest its identifier names; null when digestAlgorithm alone tells. */
    record Named(Kind kind, @Nullable String digest) {}

    private static final Map<String, Named> NAMED = Map.ofEntries(
            entry("1.2.840.113549.1.1.1", new Named(Kind.RSA, null)),
            entry("1.2.840.113549.1.1.2", new Named(Kind.RSA, "MD2")),
            entry("1.2.840.113549.1.1.3", new Named(Kind.RSA, "MD4")),
            entry("1.2.840.113549.1.1.4", new Named(Kind.RSA, "MD5")),
            entry("1.2.840.113549.1.1.5", new Named(Kind.RSA, "SHA-1")),
            entry("1.3.14.3.2.29", new Named(Kind.RSA, "SHA-1")),
            entry("1.3.36.3.3.1.2", new Named(Kind.RSA, "RIPEMD160")),
            entry("1.3.36.3.3.1.3", new Named(Kind.RSA, "RIPEMD128")),
            entry("1.3.36.3.3.1.4", new Named(Kind.RSA, "RIPEMD256")),
            entry("1.2.840.113549.1.1.14", new Named(Kind.RSA, "SHA-224")),
            entry("1.2.840.113549.1.1.11", new Named(Kind.RSA, "SHA-256")),
            entry("1.2.840.113549.1.1.12", new Named(Kind.RSA, "SHA-384")),
            entry("1.2.840.113549.1.1.13", new Named(Kind.RSA, "SHA-512")),
            entry("1.2.840.113549.1.1.15", new Named(Kind.RSA, "SHA-512/224")),
            entry("1.2.840.113549.1.1.16", new Named(Kind.RSA, "SHA-512/256")),
            entry("2.16.840.1.101.3.4.3.13", new Named(Kind.RSA, "SHA3-224")),
            entry("2.16.840.1.101.3.4.3.14", new Named(Kind.RSA, "SHA3-256")),
            entry("2.16.840.1.101.3.4.3.15", new Named(Kind.RSA, "SHA3-384")),
            entry("2.16.840.1.101.3.4.3.16", new Named(Kind.RSA, "SHA3-512")),
            entry("1.3.6.1.5.5.7.6.30", new Named(Kind.RSA_PSS_SHAKE, "SHAKE128-256")),
            entry("1.3.6.1.5.5.7.6.31", new Named(Kind.RSA_PSS_SHAKE, "SHAKE256-512")),
            entry("1.2.840.10045.2.1", new Named(Kind.ECDSA, null)),
            entry("1.2.840.10045.4.1", new Named(Kind.ECDSA, "SHA-1")),
            entry("1.2.840.10045.4.3.1", new Named(Kind.ECDSA, "SHA-224")),
            entry("1.2.840.10045.4.3.2", new Named(Kind.ECDSA, "SHA-256")),
            entry("1.2.840.10045.4.3.3", new Named(Kind.ECDSA, "SHA-384")),
            entry("1.2.840.10045.4.3.4", new Named(Kind.ECDSA, "SHA-512")),
            entry("2.16.840.1.101.3.4.3.9", new Named(Kind.ECDSA, "SHA3-224")),
            entry("2.16.840.1.101.3.4.3.10", new Named(Kind.ECDSA, "SHA3-256")),
            entry("2.16.840.1.101.3.4.3.11", new Named(Kind.ECDSA, "SHA3-384")),
            entry("2.16.840.1.101.3.4.3.12", new Named(Kind.ECDSA, "SHA3-512")),
            entry("1.3.6.1.5.5.7.6.32", new Named(Kind.ECDSA, "SHAKE128-256")),
            entry("1.3.6.1.5.5.7.6.33", new Named(Kind.ECDSA, "SHAKE256-512")),
            entry("1.3.36.3.3.2.1", new Named(Kind.ECDSA, "SHA-1")),
            entry("1.3.36.3.3.2.2", new Named(Kind.ECDSA, "RIPEMD160")),
            entry("0.4.0.127.0.7.1.1.4.1.1", new Named(Kind.PLAIN_ECDSA, "SHA-1")),
            entry("0.4.0.127.0.7.1.1.4.1.2", new Named(Kind.PLAIN_ECDSA, "SHA-224")),
            entry("0.4.0.127.0.7.1.1.4.1.3", new Named(Kind.PLAIN_ECDSA, "SHA-256")),
            entry("0.4.0.127.0.7.1.1.4.1.4", new Named(Kind.PLAIN_ECDSA, "SHA-384")),
            entry("0.4.0.127.0.7.1.1.4.1.5", new Named(Kind.PLAIN_ECDSA, "SHA-512")),
            entry("0.4.0.127.0.7.1.1.4.1.6", new Named(Kind.PLAIN_ECDSA, "RIPEMD160")),
            entry("1.2.840.10040.4.1", new Named(Kind.DSA, null)),
            entry("1.2.840.10040.4.3", new Named(Kind.DSA, "SHA-1")),
            entry("1.3.14.3.2.27", new Named(Kind.DSA, "SHA-1")),
            entry("2.16.840.1.101.3.4.3.1", new Named(Kind.DSA, "SHA-224")),
            entry("2.16.840.1.101.3.4.3.2", new Named(Kind.DSA, "SHA-256")),
            entry("2.16.840.1.101.3.4.3.3", new Named(Kind.DSA, "SHA-384")),
            entry("2.16.840.1.101.3.4.3.4", new Named(Kind.DSA, "SHA-512")),
            entry("2.16.840.1.101.3.4.3.5", new Named(Kind.DSA, "SHA3-224")),
            entry("2.16.840.1.101.3.4.3.6", new Named(Kind.DSA, "SHA3-256")),
            entry("2.16.840.1.101.3.4.3.7", new Named(Kind.DSA, "SHA3-384")),
            entry("2.16.840.1.101.3.4.3.8", new Named(Kind.DSA, "SHA3-512")));

    /** Schemes that bring their own digest: EdDSA (RFC 8419), ML-DSA (RFC 9882), SLH-DSA (RFC 9814). */
    private static final Map<String, String> PURE = Map.ofEntries(
            entry("1.3.101.112", "Ed25519"),
            entry("1.3.101.113", "Ed448"),
            entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
            entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
            entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
            entry("2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128S"),
            entry("2.16.840.1.101.3.4.3.21", "SLH-DSA-SHA2-128F"),
            entry("2.16.840.1.101.3.4.3.22", "SLH-DSA-SHA2-192S"),
            entry("2.16.840.1.101.3.4.3.23", "SLH-DSA-SHA2-192F"),
            entry("2.16.840.1.101.3.4.3.24", "SLH-DSA-SHA2-256S"),
            entry("2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256F"),
            entry("2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128S"),
            entry("2.16.840.1.101.3.4.3.27", "SLH-DSA-SHAKE-128F"),
            entry("2.16.840.1.101.3.4.3.28", "SLH-DSA-SHAKE-192S"),
            entry("2.16.840.1.101.3.4.3.29", "SLH-DSA-SHAKE-192F"),
            entry("2.16.840.1.101.3.4.3.30", "SLH-DSA-SHAKE-256S"),
            entry("2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256F"));

    private SignatureAlgorithms() {}

    static Optional<Named> named(String objectIdentifier) {
        return Optional.ofNullable(NAMED.get(objectIdentifier));
    }

    /** JCA name of a scheme that takes the message itself, all at once. */
    static Optional<String> pure(String objectIdentifier) {
        return Optional.ofNullable(PURE.get(objectIdentifier));
    }

    static boolean isPure(String name) {
        return PURE.containsValue(name);
    }
}
