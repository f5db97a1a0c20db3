package org.zegel.smime.decrypt;

import static java.util.Map.entry;
import static org.zegel.smime.decrypt.ContentCipher.Mode.CBC;
import static org.zegel.smime.decrypt.ContentCipher.Mode.CCM;
import static org.zegel.smime.decrypt.ContentCipher.Mode.CHACHA20_POLY1305;
import static org.zegel.smime.decrypt.ContentCipher.Mode.GCM;

import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * A content cipher that Zegel can undo.
 *
 * @param name usual name, for instance {@code AES-256-CBC}
 * @param cipher JCA name of the block cipher
 * @param minKey shortest key in bytes
 * @param maxKey longest key in bytes
 * @param blockBytes 1 for stream ciphers
 */
record ContentCipher(String name, Mode mode, String cipher, int minKey, int maxKey, int blockBytes, Strength strength) {
    /** How blocks are put together, and so where the cipher may stand and what its parameters are. */
    enum Mode {
        CBC,
        GCM,
        CCM,
        CHACHA20_POLY1305;

        /** Whether it belongs into AuthEnvelopedData (RFC 5083), and nowhere else. */
        boolean authenticated() {
            return this != CBC;
        }
    }

    /** RC2 names its effective key length in the parameters (RFC 3370 section 5.2). */
    static final String RC2 = "RC2";

    static final String CAST5 = "CAST5";

    private static final Map<String, ContentCipher> KNOWN = Map.ofEntries(
            entry("2.16.840.1.101.3.4.1.2", aes("AES-128-CBC", CBC, 16)),
            entry("2.16.840.1.101.3.4.1.22", aes("AES-192-CBC", CBC, 24)),
            entry("2.16.840.1.101.3.4.1.42", aes("AES-256-CBC", CBC, 32)),
            entry("2.16.840.1.101.3.4.1.6", aes("AES-128-GCM", GCM, 16)),
            entry("2.16.840.1.101.3.4.1.26", aes("AES-192-GCM", GCM, 24)),
            entry("2.16.840.1.101.3.4.1.46", aes("AES-256-GCM", GCM, 32)),
            entry("2.16.840.1.101.3.4.1.7", aes("AES-128-CCM", CCM, 16)),
            entry("2.16.840.1.101.3.4.1.27", aes("AES-192-CCM", CCM, 24)),
            entry("2.16.840.1.101.3.4.1.47", aes("AES-256-CCM", CCM, 32)),
            entry("1.2.840.113549.1.9.16.3.18", chaCha20()),
            entry("1.2.392.200011.61.1.1.1.2", wide("Camellia-128-CBC", "Camellia", 16)),
            entry("1.2.392.200011.61.1.1.1.3", wide("Camellia-192-CBC", "Camellia", 24)),
            entry("1.2.392.200011.61.1.1.1.4", wide("Camellia-256-CBC", "Camellia", 32)),
            entry("1.2.410.200004.1.4", wide("SEED-CBC", "SEED", 16)),
            entry("1.2.840.113549.3.7", old("3DES-CBC", "DESede", 24, 24)),
            entry("1.3.14.3.2.7", old("DES-CBC", "DES", 8, 8)),
            entry("1.2.840.113533.7.66.10", old("CAST5-CBC", CAST5, 5, 16)),
            entry("1.2.840.113549.3.2", old("RC2-CBC", RC2, 5, 128)));

    static Optional<ContentCipher> of(ASN1ObjectIdentifier identifier) {
        return Optional.ofNullable(KNOWN.get(identifier.getId()));
    }

    private static ContentCipher aes(String name, Mode mode, int key) {
        Strength strength = mode.authenticated() ? Strength.AUTHENTICATED : Strength.UNAUTHENTICATED;
        return new ContentCipher(name, mode, "AES", key, key, 16, strength);
    }

    private static ContentCipher chaCha20() {
        return new ContentCipher("ChaCha20-Poly1305", CHACHA20_POLY1305, "ChaCha20", 32, 32, 1, Strength.AUTHENTICATED);
    }

    private static ContentCipher wide(String name, String cipher, int key) {
        return new ContentCipher(name, CBC, cipher, key, key, 16, Strength.UNAUTHENTICATED);
    }

    /** Blocks of 64 bits repeat within a large message, whatever the key. */
    private static ContentCipher old(String name, String cipher, int minKey, int maxKey) {
        return new ContentCipher(name, CBC, cipher, minKey, maxKey, 8, Strength.WEAK);
    }

    /** Whether the JDK lacks the cipher. */
    boolean needsBouncyCastle() {
        return switch (cipher) {
            case "Camellia", "SEED", CAST5 -> true;
            default -> false;
        };
    }
}
