package org.zegel.model;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the door, as far as the door itself can tell, before any token.
 *
 * @param origin {@code chrome-extension://ID/}, an add-on id, or a web Origin; null for a local process
 * @param program path of the calling process where the system tells it
 * @param terminal the terminal device the caller runs in, for prompts where there is no display
 * @param connection unique for one connection in this daemon's life; progress and cancel are bound to it
 * @param mayOmitOrigin the door saw that a browser may have left the origin out of this request, and that no page can
 *     have made it do so
 */
public record Caller(
        Door door,
        @Nullable String origin,
        @Nullable String program,
        @Nullable String terminal,
        String connection,
        boolean mayOmitOrigin) {

    /** A caller whose origin is all that there is to know of it. */
    public Caller(
            Door door,
            @Nullable String origin,
            @Nullable String program,
            @Nullable String terminal,
            String connection) {
        this(door, origin, program, terminal, connection, false);
    }
}
