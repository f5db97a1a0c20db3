package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;

/** A content in the encrypted spool. */
final class SpoolContent implements Content {
    private final SpoolFile file;
    private final long size;

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
        if (file.closed()) {
            throw SpoolFile.closedContent();
        }
        return new SpoolInputStream(file, size);
    }

    @Override
    public void close() {
        file.close();
    }

    @Override
    public String toString() {
        return "SpoolContent[" + size + " bytes]";
    }
}
