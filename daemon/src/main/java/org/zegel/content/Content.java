package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once, in memory or in the encrypted spool. Safe for use by several threads. */
public interface Content extends AutoCloseable {
    /** Length in bytes. */
    long size();

    /** A fresh stream from the first byte; reads in blocks are fast. Fails when the spool was damaged. */
    InputStream open() throws IOException;

    /** Frees the spool file, if any; later {@link #open()} calls fail. Idempotent. */
    @Override
    default void close() {}

    /**
     * The same bytes with a life of their own: they can be read until the share is closed, whatever becomes of this one.
     * A content that nothing can close is its own share.
     */
    default Content share() throws IOException {
        return this;
    }

    /** A content over an array that the caller no longer changes. */
    static Content of(byte[] bytes) {
        return new MemoryContent(bytes);
    }

    /** All bytes, for contents known to be small. */
    default byte[] bytes(int limit) throws IOException {
        if (size() > limit) {
            throw new IOException("content of " + size() + " bytes is over the limit of " + limit);
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }
}
