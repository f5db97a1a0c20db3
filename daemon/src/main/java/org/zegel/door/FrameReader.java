package org.zegel.door;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntSupplier;
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
    private final IntSupplier limits;
    private volatile boolean inside;
    private volatile long heard = System.nanoTime();

    public FrameReader(InputStream in, int limit) {
        this(in, () -> limit);
    }

    /** {@code limits} is asked for the limit of each frame when its length is known. */
    public FrameReader(InputStream in, IntSupplier limits) {
        this.in = in;
        this.limits = limits;
    }

    /** Whether a frame is on its way, and its last byte came within this time. */
    boolean isReceiving(Duration within) {
        return inside && System.nanoTime() - heard < within.toNanos();
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
        heard = System.nanoTime();
        inside = true;
        try {
            return bounded(length, limits.getAsInt());
        } finally {
            inside = false;
        }
    }

    private byte[] bounded(int length, int limit) throws IOException {
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
            heard = System.nanoTime();
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
            heard = System.nanoTime();
            left -= count;
        }
    }

    private static FrameException truncated() {
        return new FrameException(FrameException.Kind.TRUNCATED, "the stream ended inside a frame");
    }
}
