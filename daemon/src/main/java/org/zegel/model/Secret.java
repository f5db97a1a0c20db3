package org.zegel.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A PIN or passphrase in a wipeable buffer. Never a {@code String}; closing it zeroes it. */
public final class Secret implements AutoCloseable {
    private final char[] characters;
    private boolean closed;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    /** Takes over the array: the caller must not use it again. */
    public static Secret takeOver(char[] characters) {
        return new Secret(characters);
    }

    /** Another secret of the same characters, closed on its own. */
    public Secret copy() {
        return new Secret(characters().clone());
    }

    /** The characters themselves, not a copy; they are zeroed by {@link #close()}. */
    public char[] characters() {
        if (closed) {
            throw new IllegalStateException("secret already wiped");
        }
        return characters;
    }

    /** A fresh UTF-8 copy, which the caller wipes. */
    public byte[] utf8() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters()));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    public int length() {
        return characters().length;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
        closed = true;
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
