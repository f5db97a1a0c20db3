package org.zegel.door;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes frames, each in one piece; safe for use by several threads. */
public final class FrameWriter {
    private final OutputStream out;
    private final int limit;

    public FrameWriter(OutputStream out, int limit) {
        this.out = out;
        this.limit = limit;
    }

    /** Writes and flushes one frame; one over the limit is a mistake of ours. */
    public synchronized void write(byte[] body) throws IOException {
        if (body.length > limit) {
            throw new IllegalArgumentException("frame of " + body.length + " bytes, limit " + limit);
        }
        byte[] frame = ByteBuffer.allocate(Integer.BYTES + body.length)
                .order(ByteOrder.nativeOrder())
                .putInt(body.length)
                .put(body)
                .array();
        try {
            out.write(frame);
            out.flush();
        } finally {
            Arrays.fill(frame, (byte) 0);
        }
    }
}
