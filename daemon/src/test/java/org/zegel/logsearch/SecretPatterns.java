package org.zegel.logsearch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** The ways in which a secret may stand in a log, each cut to what is enough to know it by. */
final class SecretPatterns {
    /** Bytes that a pattern has at most. */
    static final int LONGEST = 16;

    /** Of a long secret such pieces are looked for, because lines may be broken anywhere. */
    private static final int PIECE = 24;

    private SecretPatterns() {}

    /** Tells each pattern with what it would be. */
    static void of(String what, byte[] secret, BiConsumer<byte[], String> found) {
        Set<String> patterns = new LinkedHashSet<>();
        for (int at : new int[] {0, Math.max(0, (secret.length - PIECE) / 2), Math.max(0, secret.length - PIECE)}) {
            byte[] piece = Arrays.copyOfRange(secret, at, Math.min(secret.length, at + PIECE));
            patterns.add(cut(new String(piece, StandardCharsets.ISO_8859_1)));
            patterns.add(cut(HexFormat.of().formatHex(piece)));
            patterns.add(cut(HexFormat.of().formatHex(piece).toUpperCase(Locale.ROOT)));
            patterns.add(cut(HexFormat.ofDelimiter(":").formatHex(piece)));
            patterns.add(numbers(piece));
            for (int shift = 0; shift < 3; shift++) {
                String base64 = base64(piece, shift);
                patterns.add(cut(base64));
                patterns.add(cut(base64.replace('+', '-').replace('/', '_')));
            }
        }
        for (String pattern : patterns) {
            found.accept(pattern.getBytes(StandardCharsets.ISO_8859_1), what);
        }
    }

    /** Of bytes that begin at this place within a group of three, without the characters that others share in. */
    private static String base64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int skipped = shift == 0 ? 0 : shift + 1;
        int last = shifted.length % 3 == 0 ? all.length() : all.length() - 1;
        return all.substring(skipped, last);
    }

    /** As Java prints an array; enough of it to be no chance. */
    private static String numbers(byte[] piece) {
        String all = Arrays.toString(piece);
        return all.substring(1, Math.min(all.length() - 1, LONGEST + 1));
    }

    private static String cut(String pattern) {
        return pattern.substring(0, Math.min(LONGEST, pattern.length()));
    }
}
