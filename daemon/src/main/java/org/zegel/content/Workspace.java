package org.zegel.content;

import java.io.IOException;

/** The temporary contents of one call: all are freed when it closes, except those that were {@linkplain #keep kept}. */
public interface Workspace extends AutoCloseable {
    /** A writer whose content belongs to this workspace. Fails when the spool's disk limit is reached. */
    ContentWriter writer() throws IOException;

    /** Puts a content together of ranges of another, which are shared and not copied; it belongs to this workspace. */
    ContentJoiner join(Content body) throws IOException;

    /** Releases the content from this workspace: whoever receives it closes it. */
    Content keep(Content content);

    @Override
    void close();
}
