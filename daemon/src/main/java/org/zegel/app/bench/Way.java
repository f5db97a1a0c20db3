package org.zegel.app.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;

/** A way in to a Zegel of throwaway keys: how messages are handed over and fetched. */
interface Way extends AutoCloseable {
    Backend backend();

    /** What the process that does the work takes. */
    Usage usage();

    /** Hands a whole file over. */
    default ContentRef put(Path file) throws RequestError, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Contents(backend()).send(in);
        }
    }

    /** Writes a content to a file and frees it. */
    default void get(ContentRef content, Path file) throws RequestError, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            new Contents(backend()).receive(content, out);
        }
    }

    @Override
    void close();
}
