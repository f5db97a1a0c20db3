package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes of memory and ranges of another content, one after another. The other content goes with this one. */
final class JoinedContent implements Content {
    private final List<Piece> pieces;
    private final Content body;
    private final long size;

    /** @param body is closed with this content */
    JoinedContent(List<Piece> pieces, Content body) {
        this.pieces = List.copyOf(pieces);
        this.body = body;
        this.size = pieces.stream().mapToLong(Piece::size).sum();
    }

    /** What it is made of. */
    sealed interface Piece {
        long size();
    }

    /** Bytes that nobody changes any more. */
    record Written(byte[] bytes) implements Piece {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** The bytes [start, end) of the other content. */
    record Range(long start, long end) implements Piece {
        @Override
        public long size() {
            return end - start;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new Joined();
    }

    @Override
    public Content share() throws IOException {
        return new JoinedContent(pieces, body.share());
    }

    @Override
    public void close() {
        body.close();
    }

    @Override
    public String toString() {
        return "JoinedContent[" + size + " bytes]";
    }

    /** Skipping costs no more than it does in the other content. */
    private final class Joined extends InputStream {
        private int index;
        private long done;
        private @Nullable InputStream range;

        Joined() throws IOException {
            // Fails now if the other content was closed.
            body.open().close();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (index == pieces.size()) {
                return -1;
            }
            int most = (int) Math.min(length, pieces.get(index).size() - done);
            int count = switch (pieces.get(index)) {
                case Written written -> {
                    System.arraycopy(written.bytes(), (int) done, bytes, offset, most);
                    yield most;
                }
                case Range at -> opened(at).read(bytes, offset, most);
            };
            advance(Math.max(count, 0));
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long left = Math.max(0, count);
            while (left > 0 && index < pieces.size()) {
                long step = Math.min(left, pieces.get(index).size() - done);
                if (range != null) {
                    range.skipNBytes(step);
                }
                advance(step);
                left -= step;
            }
            return Math.max(0, count) - left;
        }

        @Override
        public int available() {
            return index == pieces.size()
                    ? 0
                    : (int) Math.min(Integer.MAX_VALUE, pieces.get(index).size() - done);
        }

        @Override
        public void close() throws IOException {
            closeRange();
            index = pieces.size();
        }

        private InputStream opened(Range at) throws IOException {
            InputStream in = range;
            if (in == null) {
                in = body.open();
                range = in;
                in.skipNBytes(at.start() + done);
            }
            return in;
        }

        private void advance(long count) throws IOException {
            done += count;
            if (done == pieces.get(index).size()) {
                index++;
                done = 0;
                closeRange();
            }
        }

        private void closeRange() throws IOException {
            if (range != null) {
                range.close();
                range = null;
            }
        }
    }
}
