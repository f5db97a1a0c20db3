package org.zegel.model;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** The usual names of digests, as the JDK and Bouncy Castle know them, by object identifier. */
public final class DigestNames {
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("1.2.840.113549.2.2", "MD2"),
            entry("1.2.840.113549.2.4", "MD4"),
            entry("1.2.840.113549.2.5", "MD5"),
            entry("1.3.36.3.2.1", "RIPEMD160"),
            entry("1.3.36.3.2.2", "RIPEMD128"),
            entry("1.3.36.3.2.3", "RIPEMD256"),
            entry("1.3.14.3.2.26", "SHA-1"),
            entry("2.16.840.1.101.3.4.2.4", "SHA-224"),
            entry("2.16.840.1.101.3.4.2.1", "SHA-256"),
            entry("2.16.840.1.101.3.4.2.2", "SHA-384"),
            entry("2.16.840.1.101.3.4.2.3", "SHA-512"),
            entry("2.16.840.1.101.3.4.2.5", "SHA-512/224"),
            entry("2.16.840.1.101.3.4.2.6", "SHA-512/256"),
            entry("2.16.840.1.101.3.4.2.7", "SHA3-224"),
            entry("2.16.840.1.101.3.4.2.8", "SHA3-256"),
            entry("2.16.840.1.101.3.4.2.9", "SHA3-384"),
            entry("2.16.840.1.101.3.4.2.10", "SHA3-512"),
            // RFC 8702 section 3.1 and RFC 8419 section 2.3 fix the length of the output.
            entry("2.16.840.1.101.3.4.2.11", "SHAKE128-256"),
            entry("2.16.840.1.101.3.4.2.12", "SHAKE256-512"),
            entry("2.16.840.1.101.3.4.2.18", "SHAKE256-512"));

    private DigestNames() {}

    /** The name of the digest with this object identifier in dotted form; empty when Zegel does not know it. */
    public static Optional<String> of(String identifier) {
        return Optional.ofNullable(NAMES.get(identifier));
    }
}
