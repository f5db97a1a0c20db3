package org.zegel.smime.make;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;

/** Reads ranges of a content that follow one another, through one stream. */
final class Cursor implements Closeable {
    private final InputStream in;
    private final Meter meter;
    private long position;

    Cursor(Content content, Meter meter) throws IOException {
        this.in = content.open();
        this.meter = meter;
    }

    /** The bytes [start, end), which begin where the last range ended or later. Need not be read to its end or closed. */
    InputStream range(long start, long end) throws IOException {
        if (start < position) {
            throw new IllegalArgumentException("ranges must follow one another");
        }
        in.skipNBytes(start - position);
        position = start;
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (position >= end) {
                    return length == 0 ? 0 : -1;
                }
                int read = in.read(bytes, offset, (int) Math.min(length, end - position));
                if (read > 0) {
                    position += read;
                    meter.advance(read);
                }
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
