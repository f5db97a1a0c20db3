package org.zegel.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of pairing, as docs/PROTOCOL.md tells it to clients. */
public final class PairingCode {
    /** Nonces and challenges, in bytes. */
    static final int MIN_NONCE = 16;

    static final int MAX_NONCE = 64;

    private static final long CODES = 1_000_000;

    private PairingCode() {}

    /** Six digits that both sides compute from both nonces and the client's name. */
    public static String code(byte[] clientNonce, byte[] daemonNonce, String name) {
        MessageDigest digest = sha256();
        digest.update("zegel-pairing".getBytes(StandardCharsets.US_ASCII));
        digest.update(clientNonce);
        digest.update(daemonNonce);
        byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        long number = Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
        return String.format(Locale.ROOT, "%06d", number % CODES);
    }

    /** Shows that the daemon holds the pairing key: HMAC-SHA-256 over a label, a zero byte and the challenge. */
    static String proof(byte[] key, byte[] challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("zegel-hello".getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return encode(mac.doFinal(challenge));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] hash(byte[] bytes) {
        return sha256().digest(bytes);
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A base64url text of that many bytes; padding is allowed. */
    static Optional<byte[]> decode(String text, int least, int most) {
        if (text.length() > 2 * most) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length >= least && bytes.length <= most ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
