package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A content in the encrypted spool. */
final class SpoolContent implements Content {
    private final SpoolFile file;
    private final long size;
    private final AtomicBoolean closed = new AtomicBoolean();

    SpoolContent(SpoolFile file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        if (closed.get() || file.closed()) {
            throw SpoolFile.closedContent();
        }
        return new SpoolInputStream(file, size);
    }

    @Override
    public Content share() throws IOException {
        if (closed.get()) {
            throw SpoolFile.closedContent();
        }
        file.share();
        return new SpoolContent(file, size);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return "SpoolContent[" + size + " bytes]";
    }
}
