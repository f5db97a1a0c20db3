package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;
import org.zegel.model.Failure;

/**
 * Contents that clients name by handle. A handle is random, belongs to one client, counts against its quota, and
 * expires. Another client's handle is answered as if there were none.
 */
public interface ContentHandles {
    /** Opens an empty content that can be appended to; gives its handle. */
    String create(String client) throws Failure;

    /** Appends bytes; fails with {@code CONTENT_TOO_LARGE} or {@code QUOTA_EXCEEDED} before taking them. */
    long append(String client, String handle, byte[] bytes) throws Failure, IOException;

    /**
     * Appends the whole stream in bounded memory. {@code declaredSize} is -1 where it is not known; a declared size
     * that is over a limit is refused before anything is read. When the stream fails half-way the content is freed.
     */
    long append(String client, String handle, InputStream bytes, long declaredSize) throws Failure, IOException;

    /** The content for reading; seals it against further appends. The handle keeps owning it. */
    Content open(String client, String handle) throws Failure;

    /** Hands over a finished content: the handle owns and will close it. Refused contents are closed at once. */
    String adopt(String client, Content content) throws Failure;

    /** Frees the content. Unknown handles are refused with {@code CONTENT_NOT_FOUND}. */
    void close(String client, String handle) throws Failure;

    /** Frees all contents of a client that is gone. */
    void closeAll(String client);

    /** Contents held now, of all clients. */
    int count();
}
