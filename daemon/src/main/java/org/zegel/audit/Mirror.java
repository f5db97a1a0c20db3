package org.zegel.audit;

import java.io.IOException;

/** Another log, elsewhere, that gets a copy of each line: who changes the database does not change that. */
public interface Mirror {
    /** What Zegel's lines are marked with there. */
    String TAG = "zegel-audit";

    /** Stable name, such as {@code journald}. */
    String name();

    /**
     * Hands one entry over, whole; waits for nobody.
     *
     * @throws IOException when it was not taken: it will be sent again
     */
    void send(AuditEntry entry) throws IOException;
}
