package org.zegel.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code daemon.status} tells of the process. */
public interface DaemonState {
    String version();

    Instant startedAt();

    /** The port of the HTTP door, null while it is not open. */
    @Nullable
    Integer httpPort();
}
