package org.zegel.memory;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zegel.fixtures.TestIdentity;

/** Texts that may not be in a heap dump, in each form that they could have there; halves of them neither. */
final class Needles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 24;
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    /** Looking up who holds something takes a while. */
    private static final int EXPLAINED = 4;

    private final Map<String, byte[]> all = new LinkedHashMap<>();

    /** A text that nobody has seen before. */
    static String random() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Parts of the key's secret numbers, as DER and as Java's big integers have them in memory. */
    static Needles ofKey(TestIdentity identity) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) identity.privateKey();
        Needles parts = new Needles();
        for (BigInteger number : List.of(key.getPrivateExponent(), key.getPrimeP(), key.getPrimeQ())) {
            byte[] bytes = number.toByteArray();
            parts.add(
                    "number of " + number.bitLength() + " bits " + number.bitCount(),
                    Arrays.copyOfRange(bytes, bytes.length - 48, bytes.length - 8));
        }
        return parts;
    }

    Needles add(String name, String text) {
        int half = text.length() / 2;
        for (Charset charset : CHARSETS) {
            all.put(name + ", first half, " + charset, text.substring(0, half).getBytes(charset));
            all.put(name + ", second half, " + charset, text.substring(half).getBytes(charset));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // What depends on the bytes before and after is left out.
            byte[] inner =
                    base64.substring(shift == 0 ? 0 : 4, base64.length() - 4).getBytes(StandardCharsets.US_ASCII);
            all.put(name + ", base64 " + shift, inner);
        }
        return this;
    }

    /** Bytes as they are. */
    Needles add(String name, byte[] bytes) {
        all.put(name, bytes);
        return this;
    }

    boolean isIn(HeapDump dump) {
        return !dump.find(all).isEmpty();
    }

    /** What of them the dump holds, and by whom it is held. */
    List<String> in(HeapDump dump) {
        List<String> found = new ArrayList<>();
        dump.find(all)
                .forEach((name, at) -> found.add(name + ", " + at.size() + " times"
                        + (found.size() < EXPLAINED ? ":\n      " + dump.holder(at.getLast()) : "")));
        return found;
    }
}
