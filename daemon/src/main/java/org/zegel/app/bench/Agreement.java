package org.zegel.app.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Whether two outcomes are the same message: the same body, whatever the header and the line ends. */
final class Agreement {
    private static final int BLOCK = 64 * 1024;

    private Agreement() {}

    /**
     * Compares clear messages.
     *
     * @throws Disagreement they differ
     */
    static void same(String what, Path expected, Path found) throws IOException {
        if (!Arrays.equals(body(expected), body(found))) {
            throw new Disagreement("what came out of " + what + " is another message");
        }
    }

    /** Digest of the body: what follows the first empty line, without carriage returns and without the last line ends. */
    private static byte[] body(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] kept = new byte[BLOCK];
        int count = 0;
        long lineFeeds = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            skipHeader(in);
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\r') {
                    continue;
                }
                if (octet == '\n') {
                    lineFeeds++;
                    continue;
                }
                for (; lineFeeds > 0; lineFeeds--) {
                    count = put(digest, kept, count, (byte) '\n');
                }
                count = put(digest, kept, count, (byte) octet);
            }
        }
        digest.update(kept, 0, count);
        return digest.digest();
    }

    private static int put(MessageDigest digest, byte[] kept, int count, byte octet) {
        kept[count] = octet;
        if (count + 1 < kept.length) {
            return count + 1;
        }
        digest.update(kept);
        return 0;
    }

    private static void skipHeader(InputStream in) throws IOException {
        boolean empty = true;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                if (empty) {
                    return;
                }
                empty = true;
            } else if (octet != '\r') {
                empty = false;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
