package org.zegel.content;

import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes: in memory up to a bound, then in the encrypted spool. Closing without finishing discards them. */
public abstract class ContentWriter extends OutputStream {
    /** Ends writing and gives the content; the writer may not be used afterwards (closing it is harmless). */
    public abstract Content finish() throws IOException;

    /** Bytes written so far. */
    public abstract long size();
}
