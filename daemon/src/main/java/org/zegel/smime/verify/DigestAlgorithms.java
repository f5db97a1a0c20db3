package org.zegel.smime.verify;

import static java.util.Map.entry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Digests that signatures may use, by object identifier. */
public final class DigestAlgorithms {
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

    private static final Set<String> WEAK = Set.of("MD2", "MD4", "MD5", "SHA-1", "RIPEMD128", "RIPEMD160", "RIPEMD256");

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private DigestAlgorithms() {}

    /** JCA name of the digest; empty when Zegel does not know it. */
    public static Optional<String> name(ASN1ObjectIdentifier algorithm) {
        return Optional.ofNullable(NAMES.get(algorithm.getId()));
    }

    static boolean weak(String name) {
        return WEAK.contains(name);
    }

    static MessageDigest create(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException lacking) {
            return createWithBouncyCastle(name);
        }
    }

    private static MessageDigest createWithBouncyCastle(String name) {
        try {
            return MessageDigest.getInstance(name, BOUNCY_CASTLE);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
