package org.zegel.content;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The temporary contents of one call. Safe for use by several threads. */
final class SpoolWorkspace implements Workspace {
    private final EncryptedSpool spool;
    private final Set<SpoolWriter> writers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Content> contents = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    SpoolWorkspace(EncryptedSpool spool) {
        this.spool = spool;
    }

    @Override
    public synchronized ContentWriter writer() throws IOException {
        if (closed) {
            throw SpoolFile.closedContent();
        }
        spool.checkRoom();
        Owned owned = new Owned();
        writers.add(owned.writer);
        return owned.writer;
    }

    @Override
    public synchronized ContentJoiner join(Content body) throws IOException {
        if (closed) {
            throw SpoolFile.closedContent();
        }
        return new ContentJoiner(body, this::own);
    }

    @Override
    public synchronized Content keep(Content content) {
        contents.remove(content);
        return content;
    }

    @Override
    public synchronized void close() {
        closed = true;
        writers.forEach(SpoolWriter::close);
        writers.clear();
        contents.forEach(Content::close);
        contents.clear();
    }

    private synchronized void finished(SpoolWriter writer, Content content) {
        writers.remove(writer);
        own(content);
    }

    private synchronized void own(Content content) {
        if (closed) {
            content.close();
        } else {
            contents.add(content);
        }
    }

    /** Ties a writer to its own finishing. */
    private final class Owned {
        final SpoolWriter writer = new SpoolWriter(spool, this::finish);

        void finish(Content content) {
            finished(writer, content);
        }
    }
}
