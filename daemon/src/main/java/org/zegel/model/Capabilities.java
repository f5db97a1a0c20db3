package org.zegel.model;

import java.time.Instant;
import java.util.List;

/** What a correspondent is known to read: the OIDs of an SMIMECapabilities attribute, in its order, and when seen. */
public record Capabilities(List<String> oids, Instant seen) {
    public Capabilities {
        oids = List.copyOf(oids);
    }
}
