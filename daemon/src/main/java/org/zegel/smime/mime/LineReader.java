package org.zegel.smime.mime;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over the lines of a stream and knows their offsets. A line ends with LF or CRLF; its text is kept only as far
 * as the caller asks, so that memory does not grow with long lines.
 */
final class LineReader implements Closeable {
    private static final int BLOCK = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BLOCK];
    private int position;
    private int limit;
    private long base;

    private long start;
    private long end;
    private int terminator;
    private int previousTerminator;
    private byte[] text = new byte[256];
    private int length;
    private boolean complete;
    private boolean pushedBack;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next line; false at the end.
     *
     * @param keep how many bytes of the text to keep
     * @param dashesOnly keep the text only of lines that start with two hyphens
     */
    boolean next(int keep, boolean dashesOnly) throws IOException {
        if (pushedBack) {
            pushedBack = false;
            return true;
        }
        if (limit - position < 2) {
            refill();
        }
        if (position == limit) {
            return false;
        }
        previousTerminator = terminator;
        start = base + position;
        length = 0;
        boolean keeping =
                !dashesOnly || (limit - position >= 2 && buffer[position] == '-' && buffer[position + 1] == '-');
        terminator = passLine(keeping ? keep : 0);
        end = base + position;
        long all = end - start - terminator;
        complete = all <= length;
        length = (int) Math.min(length, all);
        return true;
    }

    /** Makes the current line the next one again. */
    void pushBack() {
        pushedBack = true;
    }

    /** Offset of the line's first byte. */
    long start() {
        return start;
    }

    /** Offset after the line's end. */
    long end() {
        return end;
    }

    /** Offset of the line end that comes before this line: 1 or 2 bytes less than its start, none at the first line. */
    long startOfPrecedingLineEnd() {
        return start - previousTerminator;
    }

    /** Whether there is anything in the line but its end. */
    boolean hasText() {
        return end - start > terminator;
    }

    /** Whether the line ended with a carriage return and a line feed. */
    boolean endsWithCrLf() {
        return terminator == 2;
    }

    /** Where the next line starts. */
    long nextStart() {
        return pushedBack ? start : base + position;
    }

    /** The text without its line end; may be shorter than the line, see {@link #complete}. The array is reused. */
    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /** Whether all of the line's text was kept. */
    boolean complete() {
        return complete;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Passes the rest of the line; gives the length of its line end. */
    private int passLine(int keep) throws IOException {
        byte last = 0;
        while (true) {
            int lineFeed = Bytes.lineFeed(buffer, position, limit);
            int stop = lineFeed < 0 ? limit : lineFeed;
            if (stop > position) {
                append(position, Math.min(stop - position, keep - length));
                last = buffer[stop - 1];
            }
            if (lineFeed >= 0) {
                position = lineFeed + 1;
                return last == '\r' ? 2 : 1;
            }
            position = stop;
            refill();
            if (position == limit) {
                return 0;
            }
        }
    }

    private void append(int from, int count) {
        if (count <= 0) {
            return;
        }
        if (text.length - length < count) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, length + count));
        }
        System.arraycopy(buffer, from, text, length, count);
        length += count;
    }

    private void refill() throws IOException {
        int rest = limit - position;
        System.arraycopy(buffer, position, buffer, 0, rest);
        base += position;
        position = 0;
        limit = rest;
        while (limit < 2) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return;
            }
            limit += read;
        }
    }
}
