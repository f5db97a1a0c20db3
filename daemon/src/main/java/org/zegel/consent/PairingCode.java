package org.zegel.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.KebabCase;
import org.zegel.model.Scope;
import org.zegel.model.Sha256;

/** The arithmetic of pairing, as docs/PROTOCOL.md tells it to clients. */
public final class PairingCode {
    /** Nonces and challenges, in bytes. */
    static final int MIN_NONCE = 16;

    static final int MAX_NONCE = 64;

    private static final long CODES = 1_000_000;

    private PairingCode() {}

    /**
     * Where a client meets the daemon, as each side sees it for itself. What a program in between changes of it, the
     * port that it listens at included, changes the code.
     *
     * @param origin as the door has it: of the page or extension; null for none
     * @param port of the HTTP door; null at the others
     */
    public record Place(
            Door door, @Nullable String origin, @Nullable Integer port) {
        static Place of(Caller caller) {
            return new Place(caller.door(), caller.origin(), caller.port());
        }

        private List<byte[]> parts() {
            return List.of(text(KebabCase.of(door)), text(origin == null ? "" : origin), text(portName()));
        }

        private String portName() {
            return port == null ? "" : Integer.toString(port);
        }
    }

    /**
     * Six digits that both sides compute from both nonces, the name, the scopes asked for and the place. Each part goes
     * into the hash after its length, so that none can pass for a piece of another.
     */
    public static String code(
            byte[] clientNonce, byte[] daemonNonce, String name, Collection<Scope> scopes, Place place) {
        List<byte[]> parts = new ArrayList<>(
                List.of(text("zegel-pairing"), clientNonce, daemonNonce, text(name), text(ScopeNames.sorted(scopes))));
        parts.addAll(place.parts());
        long number =
                Integer.toUnsignedLong(ByteBuffer.wrap(Sha256.of(joined(parts))).getInt());
        return String.format(Locale.ROOT, "%06d", number % CODES);
    }

    /**
     * Shows that the daemon at this place holds the pairing key: HMAC-SHA-256 over a label, the place and the challenge,
     * each after its length. Passed on from another port it fits nothing.
     */
    static String proof(byte[] key, byte[] challenge, Place place) {
        List<byte[]> parts = new ArrayList<>(List.of(text("zegel-hello")));
        parts.addAll(place.parts());
        parts.add(challenge);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return encode(mac.doFinal(joined(parts)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteBuffer all = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
        parts.forEach(part -> all.putInt(part.length).put(part));
        return all.array();
    }

    static byte[] hash(byte[] bytes) {
        return Sha256.of(bytes);
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
}
