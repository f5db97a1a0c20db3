package org.zegel.consent.dialog.pinentry;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zegel.model.Secret;

/** One line of the Assuan protocol, which may hold a secret: its bytes are wiped when it is closed. */
final class AssuanLine implements AutoCloseable {
    /** Longest line with its end, as the protocol has it. */
    static final int MAX = 1002;

    private static final int HEX = 16;

    private final byte[] bytes;
    private final int length;

    /** Takes the bytes over. */
    AssuanLine(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Text as a command's parameter: percent signs, controls and line ends escaped. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (character == '%' || character < ' ') {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(character / HEX, HEX)))
                        .append(Character.toUpperCase(Character.forDigit(character % HEX, HEX)));
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    /** Whether its first word is this. */
    boolean is(String word) {
        // Octet by octet: a String of what is no such word might be half a secret.
        for (int at = 0; at < word.length(); at++) {
            if (at == length || bytes[at] != word.charAt(at)) {
                return false;
            }
        }
        return length == word.length() || bytes[word.length()] == ' ';
    }

    /** The number after the first word; 0 where there is none. */
    long number() {
        long number = 0;
        int at = rest();
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9' && number <= Integer.MAX_VALUE) {
            number = number * 10 + bytes[at++] - '0';
        }
        return number;
    }

    /** What follows the first word, which is no secret. */
    String text() {
        return new String(bytes, rest(), length - rest(), StandardCharsets.UTF_8);
    }

    /** What follows the first word, unescaped and decoded from UTF-8, with no copy left behind. */
    Secret secret() {
        byte[] plain = new byte[length];
        int count = 0;
        for (int at = rest(); at < length; at++) {
            int high = at + 2 < length ? Character.digit(bytes[at + 1], HEX) : -1;
            int low = at + 2 < length ? Character.digit(bytes[at + 2], HEX) : -1;
            if (bytes[at] == '%' && high >= 0 && low >= 0) {
                plain[count++] = (byte) (high * HEX + low);
                at += 2;
            } else {
                plain[count++] = bytes[at];
            }
        }
        CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(plain, 0, count));
        char[] exact = new char[characters.remaining()];
        characters.get(exact);
        Arrays.fill(characters.array(), '\0');
        Arrays.fill(plain, (byte) 0);
        return Secret.takeOver(exact);
    }

    private int rest() {
        int at = 0;
        while (at < length && bytes[at] != ' ') {
            at++;
        }
        return Math.min(at + 1, length);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
