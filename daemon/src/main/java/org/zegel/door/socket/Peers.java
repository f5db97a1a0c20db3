package org.zegel.door.socket;

import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;

/** What the system tells of whoever is at the other end of the socket. What it does not tell is left out, never guessed. */
@FunctionalInterface
public interface Peers {
    /** Tells nothing of anybody. */
    Peers SILENT = (channel, caller) -> caller;

    /**
     * The caller with what the system tells: process and program; of a relay also whether a browser started it for
     * the extension that it names, and what that is called there. Never fails.
     */
    Caller known(SocketChannel channel, Caller caller);

    /** The process that connected, as the system noted it then; null where it does not tell. Quick, and never fails. */
    default @Nullable Long process(SocketChannel channel) {
        return null;
    }
}
