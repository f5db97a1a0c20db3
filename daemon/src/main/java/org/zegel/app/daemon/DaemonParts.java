package org.zegel.app.daemon;

import java.time.Duration;
import java.util.OptionalInt;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.event.Events;

/** What the daemon's doors need of the rest of the house. */
public interface DaemonParts extends AutoCloseable {
    /** First port tried for HTTP by default; nine more follow. */
    int DEFAULT_PORT = 47610;

    /** How many ports are tried. */
    int PORTS = 10;

    Gate gate();

    ContentHandles contents();

    Events events();

    /** Whether a client of this web Origin has been paired. */
    boolean isPairedOrigin(String origin);

    /** First of the {@link #PORTS} ports tried for HTTP; empty: no HTTP door. */
    OptionalInt firstPort();

    /** The daemon ends when nobody has been inside for so long. */
    Duration idle();

    /** Ends what the parts hold, after the doors are closed. */
    @Override
    void close();

    /** Makes the parts, once the daemon knows that it is the only one. */
    @FunctionalInterface
    interface Factory {
        DaemonParts open(RuntimeFiles files) throws Exception;
    }
}
