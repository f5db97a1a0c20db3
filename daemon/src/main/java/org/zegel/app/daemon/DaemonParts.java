package org.zegel.app.daemon;

import java.time.Duration;
import java.util.Optional;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.door.socket.Peers;
import org.zegel.event.Events;

/** What the daemon's doors need of the rest of the house. */
public interface DaemonParts extends AutoCloseable {
    Gate gate();

    ContentHandles contents();

    Events events();

    /** Whether a client of this web Origin has been paired. */
    boolean isPairedOrigin(String origin);

    /** Whether a page of this Origin may greet and ask to be paired; the administrator may say that it may not. */
    boolean mayAsk(String origin);

    /** The ports tried for HTTP; empty: no HTTP door. */
    Optional<Ports> httpPorts();

    /** Who tells what programs are at the socket. */
    default Peers peers() {
        return Peers.SILENT;
    }

    /** The HTTP door is open at this port. */
    void httpOpened(int port);

    /** Does what is due; called every second or so. */
    void tick();

    /** The daemon ends when nobody has been inside for so long. */
    Duration idle();

    /** The daemon is about to end: nobody is asked any more, and questions on the screen are taken back. */
    default void ending() {}

    /** Ends what the parts hold, after the doors are closed. */
    @Override
    void close();

    /** From the first to the last, both included. */
    record Ports(int first, int last) {
        public Ports {
            if (first < 1 || last < first || last > 0xffff) {
                throw new IllegalArgumentException("no range of ports");
            }
        }

        int count() {
            return last - first + 1;
        }
    }

    /** Makes the parts, once the daemon knows that it is the only one. */
    @FunctionalInterface
    interface Factory {
        DaemonParts open(RuntimeFiles files) throws Exception;
    }
}
