package org.zegel.store.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.zegel.model.Digest;
import org.zegel.store.cryptoki.Hash;

/** Digests for keys that sign digests. */
final class Digests {
    private Digests() {}

    static byte[] digest(Digest digest, byte[] message) {
        try {
            return MessageDigest.getInstance(digest.algorithm()).digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** DigestInfo (RFC 8017 section 9.2, note 1). */
    static byte[] info(Digest digest, byte[] message) {
        byte[] prefix = HexFormat.of()
                .parseHex(
                        switch (digest) {
                            case SHA256 -> "3031300d060960864801650304020105000420";
                            case SHA384 -> "3041300d060960864801650304020205000430";
                            case SHA512 -> "3051300d060960864801650304020305000440";
                        });
        byte[] hash = digest(digest, message);
        byte[] info = new byte[prefix.length + hash.length];
        System.arraycopy(prefix, 0, info, 0, prefix.length);
        System.arraycopy(hash, 0, info, prefix.length, hash.length);
        return info;
    }

    /** In bytes. */
    static int length(Digest digest) {
        return switch (digest) {
            case SHA256 -> 32;
            case SHA384 -> 48;
            case SHA512 -> 64;
        };
    }

    static Hash hash(Digest digest) {
        return switch (digest) {
            case SHA256 -> Hash.SHA256;
            case SHA384 -> Hash.SHA384;
            case SHA512 -> Hash.SHA512;
        };
    }
}
