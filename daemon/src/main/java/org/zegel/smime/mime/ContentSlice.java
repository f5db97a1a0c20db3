package org.zegel.smime.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.zegel.content.Content;

/** The bytes [start, end) of another content, which stays its owner: closing a slice closes nothing. */
public record ContentSlice(Content content, long start, long end) implements Content {
    public ContentSlice {
        Objects.checkFromToIndex(start, end, content.size());
    }

    @Override
    public long size() {
        return end - start;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = content.open();
        in.skipNBytes(start);
        return new Bounded(in, end - start);
    }

    /** Ends after a number of bytes. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
