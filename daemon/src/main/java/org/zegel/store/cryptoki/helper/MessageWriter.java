package org.zegel.store.cryptoki.helper;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame being written; wiped when closed, because there may be a PIN in it. */
final class MessageWriter implements AutoCloseable {
    private static final int HEADER = Frames.LENGTH + Integer.BYTES + 1;
    private static final int FIRST_SIZE = 512;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE);

    /** Begins a frame. */
    MessageWriter(int call, Enum<?> word) {
        begin(call, word);
    }

    void begin(int call, Enum<?> word) {
        buffer.clear();
        buffer.position(Frames.LENGTH);
        buffer.putInt(call).put((byte) word.ordinal());
    }

    int size() {
        return buffer.position();
    }

    /** Makes it a frame of another word. */
    void mark(Enum<?> word) {
        buffer.put(HEADER - 1, (byte) word.ordinal());
    }

    MessageWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    MessageWriter count(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    MessageWriter truth(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    MessageWriter word(Enum<?> value) {
        room(1).put((byte) value.ordinal());
        return this;
    }

    MessageWriter bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    MessageWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    MessageWriter optional(byte @Nullable [] value) {
        truth(value != null);
        return value == null ? this : bytes(value);
    }

    /** In one piece. */
    void send(OutputStream out, int limit) throws IOException {
        int length = buffer.position() - Frames.LENGTH;
        if (length > limit) {
            throw new IOException("a frame of " + length + " bytes is too long");
        }
        buffer.putInt(0, length);
        out.write(buffer.array(), 0, buffer.position());
        out.flush();
    }

    private ByteBuffer room(int size) {
        if (buffer.remaining() < size) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + size));
            larger.put(buffer.flip());
            Arrays.fill(buffer.array(), (byte) 0);
            buffer = larger;
        }
        return buffer;
    }

    @Override
    public void close() {
        Arrays.fill(buffer.array(), (byte) 0);
    }
}
