package org.zegel.directory;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Capabilities;

/**
 * A correspondent's certificate as found.
 *
 * @param chain issuers that came with it, as far as known
 * @param capabilities what the correspondent was seen to read, null when never seen
 * @param pinned a person vouched for this fingerprint and address
 */
public record DirectoryEntry(
        X509Certificate certificate,
        List<X509Certificate> chain,
        @Nullable Capabilities capabilities,
        Source source,
        boolean pinned) {
    /** Where it came from. */
    public enum Source {
        HARVESTED,
        IMPORTED,
        OWN
    }
}
