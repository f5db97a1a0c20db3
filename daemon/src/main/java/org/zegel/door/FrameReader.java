package org.zegel.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames: a 32-bit length in the machine's byte order, then that many bytes. Memory is taken as the bytes
 * arrive, never for what a length only claims.
 */
public final class FrameReader {
    /** Longest frame that is skipped when it is over the limit: what Chromium lets an extension send. */
    public static final int MAX_SKIPPED = 64 * 1024 * 1024;

    private static final int HEADER = 4;
    private static final int STEP = 64 * 1024;

    private final InputStream in;
    private final int limit;

    public FrameReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * The next frame, which may be empty; null at the end of the stream.
     *
     * @throws FrameException when there is no whole frame within the limit
     */
    public byte @Nullable [] read() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw truncated();
        }
        int length = ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).getInt();
        if (length < 0 || length > MAX_SKIPPED) {
            throw new FrameException(
                    FrameException.Kind.ABSURD, "frame of " + Integer.toUnsignedLong(length) + " bytes");
        }
        if (length > limit) {
            skip(length);
            throw new FrameException(FrameException.Kind.TOO_LONG, "frame of " + length + " bytes, limit " + limit);
        }
        return body(length);
    }

    private byte[] body(int length) throws IOException {
        byte[] body = new byte[Math.min(length, STEP)];
        int filled = 0;
        while (filled < length) {
            if (filled == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, body.length * 2L));
            }
            int count = in.read(body, filled, body.length - filled);
            if (count < 0) {
                throw truncated();
            }
            filled += count;
        }
        return body;
    }

    private void skip(int length) throws IOException {
        byte[] block = new byte[STEP];
        int left = length;
        while (left > 0) {
            int count = in.read(block, 0, Math.min(left, block.length));
            if (count < 0) {
                throw truncated();
            }
            left -= count;
        }
    }

    private static FrameException truncated() {
        return new FrameException(FrameException.Kind.TRUNCATED, "the stream ended inside a frame");
    }
}
