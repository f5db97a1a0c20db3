package org.zegel.logsearch;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.fixtures.KnownSecrets;

/** Secrets that are no secrets, logged on purpose in every way: a search that does not find them finds nothing. */
final class Control {
    static final String PREFIX = "control ";

    private static final int LENGTH = 32;
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Control() {}

    /** One for each way in which a secret gets into a log. */
    static void log() {
        LOG.trace("as it is: {}", text("text"));
        LOG.trace("hexadecimal: {}", HexFormat.of().formatHex(bytes("hexadecimal")));
        LOG.trace("in capitals: {}", HexFormat.of().withUpperCase().formatHex(bytes("hexadecimal in capitals")));
        LOG.trace("base64: {}", Base64.getEncoder().encodeToString(bytes("base64")));
        LOG.trace("base64url: {}", Base64.getUrlEncoder().encodeToString(bytes("base64url")));
        byte[] within = new byte[LENGTH + 40];
        System.arraycopy(bytes("base64 of more"), 0, within, 20, LENGTH);
        LOG.trace("base64 of more: {}", Base64.getMimeEncoder().encodeToString(within));
        LOG.trace("numbers: {}", Arrays.toString(bytes("numbers")));
        LOG.trace("an exception", new IllegalStateException(text("exception")));
    }

    private static byte[] bytes(String way) {
        byte[] secret = new byte[LENGTH];
        RANDOM.nextBytes(secret);
        KnownSecrets.know(PREFIX + way, secret);
        return secret;
    }

    private static String text(String way) {
        byte[] random = new byte[LENGTH / 2];
        RANDOM.nextBytes(random);
        String secret = "merk " + HexFormat.of().formatHex(random);
        KnownSecrets.know(PREFIX + way, secret.getBytes(StandardCharsets.US_ASCII));
        return secret;
    }
}
