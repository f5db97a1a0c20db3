package org.zegel.store.cryptoki.helper;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a frame; wiped when closed. Every length is checked against what is there. */
final class MessageReader implements AutoCloseable {
    private final ByteBuffer buffer;

    MessageReader(byte[] frame) {
        buffer = ByteBuffer.wrap(frame);
    }

    /** The next frame, null at the end of the stream. */
    static @Nullable MessageReader next(DataInputStream in, int limit) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        if (length < Integer.BYTES + 1 || length > limit) {
            throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        return new MessageReader(frame);
    }

    long number() throws IOException {
        return has(Long.BYTES).getLong();
    }

    int count(int limit) throws IOException {
        int value = has(Integer.BYTES).getInt();
        if (value < 0 || value > limit) {
            throw new IOException("a count of " + value);
        }
        return value;
    }

    int call() throws IOException {
        return has(Integer.BYTES).getInt();
    }

    boolean truth() throws IOException {
        return has(1).get() != 0;
    }

    <E extends Enum<E>> E word(Class<E> type) throws IOException {
        int ordinal = Byte.toUnsignedInt(has(1).get());
        E[] all = type.getEnumConstants();
        if (ordinal >= all.length) {
            throw new IOException("not a " + type.getSimpleName());
        }
        return all[ordinal];
    }

    byte[] bytes() throws IOException {
        byte[] value = new byte[count(buffer.remaining())];
        try {
            buffer.get(value);
        } catch (BufferUnderflowException shorter) {
            throw new IOException("a value that ends early", shorter);
        }
        return value;
    }

    String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte @Nullable [] optional() throws IOException {
        return truth() ? bytes() : null;
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }

    /** What is left. */
    byte[] rest() {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }

    private ByteBuffer has(int size) throws IOException {
        if (buffer.remaining() < size) {
            throw new IOException("a frame that ends early");
        }
        return buffer;
    }

    @Override
    public void close() {
        Arrays.fill(buffer.array(), (byte) 0);
    }
}
