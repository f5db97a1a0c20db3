package org.zegel.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts a content together of bytes that are written and ranges of another content, which are shared and not copied. What
 * is written is kept in memory, {@value #MAX_WRITTEN} bytes at most. For use by one thread.
 */
public final class ContentJoiner extends OutputStream {
    /** Most bytes that are written between ranges, all together. */
    public static final int MAX_WRITTEN = 16 * 1024 * 1024;

    private final Content body;
    private final Consumer<Content> finished;
    private final List<JoinedContent.Piece> pieces = new ArrayList<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int written;

    /**
     * For a {@link Workspace}, which others ask instead.
     *
     * @param body what ranges are of
     * @param finished is told of the content that comes out
     */
    public ContentJoiner(Content body, Consumer<Content> finished) {
        this.body = body;
        this.finished = finished;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > MAX_WRITTEN - written) {
            throw ContentLimitException.tooLarge(MAX_WRITTEN);
        }
        written += length;
        pending.write(bytes, offset, length);
    }

    /** Appends the bytes [start, end) of the other content. */
    public void range(long start, long end) {
        Objects.checkFromToIndex(start, end, body.size());
        flushPending();
        if (end > start) {
            pieces.add(new JoinedContent.Range(start, end));
        }
    }

    /** The content; nothing may be appended afterwards. */
    public Content finish() throws IOException {
        flushPending();
        Content joined = new JoinedContent(pieces, body.share());
        finished.accept(joined);
        return joined;
    }

    private void flushPending() {
        if (pending.size() > 0) {
            pieces.add(new JoinedContent.Written(pending.toByteArray()));
            pending.reset();
        }
    }
}
