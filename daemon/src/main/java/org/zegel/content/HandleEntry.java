package org.zegel.content;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** One handle's content: first written to, then read. The lock of this object orders appends, sealing and closing. */
final class HandleEntry {
    final String client;
    private final Workspace workspace;
    private final @Nullable ContentWriter writer;
    private @Nullable Content content;
    private volatile Instant lastUsed;
    private volatile boolean closed;

    /** Bytes counted against the client's quota; guarded by the table's lock. */
    long counted;

    private HandleEntry(
            String client,
            Workspace workspace,
            @Nullable ContentWriter writer,
            @Nullable Content content,
            Instant now) {
        this.client = client;
        this.workspace = workspace;
        this.writer = writer;
        this.content = content;
        this.lastUsed = now;
    }

    static HandleEntry empty(String client, Workspace workspace, Instant now) throws IOException {
        return new HandleEntry(client, workspace, workspace.writer(), null, now);
    }

    static HandleEntry finished(String client, Workspace workspace, Content content, Instant now) {
        return new HandleEntry(client, workspace, null, content, now);
    }

    Instant lastUsed() {
        return lastUsed;
    }

    void touch(Instant now) {
        lastUsed = now;
    }

    /** Refuses when the content was sealed or closed. */
    synchronized void checkAppendable() throws Failure {
        appendable();
    }

    synchronized long append(byte[] bytes, int length) throws Failure, IOException {
        ContentWriter target = appendable();
        target.write(bytes, 0, length);
        return target.size();
    }

    synchronized long size() {
        return content != null ? content.size() : writer != null ? writer.size() : 0;
    }

    /** Ends writing; the same content every time. */
    synchronized Content seal() throws Failure, IOException {
        if (closed) {
            throw HandleTable.unknown();
        }
        if (content == null && writer != null) {
            content = writer.finish();
        }
        if (content == null) {
            throw HandleTable.unknown();
        }
        return content;
    }

    /** Makes waiting appends fail; the content itself is freed by {@link #close()}. */
    void markClosed() {
        closed = true;
    }

    synchronized void close() {
        closed = true;
        workspace.close();
        if (content != null) {
            content.close();
        }
    }

    boolean closed() {
        return closed;
    }

    private ContentWriter appendable() throws Failure {
        if (closed) {
            throw HandleTable.unknown();
        }
        if (writer == null || content != null) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS,
                    "This content was already read or used; nothing can be appended to it. Create another.");
        }
        return writer;
    }
}
