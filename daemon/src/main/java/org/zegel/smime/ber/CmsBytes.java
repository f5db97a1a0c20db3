package org.zegel.smime.ber;

import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;

/** CMS as bytes that can be read more than once, transfer encoding undone on the way. */
public interface CmsBytes {
    /** A fresh stream from the first byte. */
    InputStream open() throws IOException;

    /** Upper bound of the number of bytes. */
    long bound();

    /** A reader from the first byte. */
    default BerInput reader() throws IOException {
        return new BerInput(open(), bound());
    }

    /** The content as it is. */
    static CmsBytes of(Content content) {
        return new CmsBytes() {
            @Override
            public InputStream open() throws IOException {
                return content.open();
            }

            @Override
            public long bound() {
                return content.size();
            }
        };
    }
}
