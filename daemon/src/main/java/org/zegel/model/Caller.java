package org.zegel.model;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the door, as far as the door itself can tell, before any token. What could not be found out is null, never a
 * guess; whoever shows a caller to a person says so.
 *
 * @param origin {@code chrome-extension://ID/}, an add-on id, or a web Origin; null for a local process. At the
 *     native-messaging door the relay's word, backed by the system only where {@code browser} is there
 * @param program path of the program at the other end where the system tells it; at the native-messaging door the
 *     relay's own
 * @param terminal the terminal device the caller runs in, for prompts where there is no display
 * @param connection unique for one connection in this daemon's life; progress and cancel are bound to it
 * @param mayOmitOrigin the door saw that a browser may have left the origin out of this request, and that no page can
 *     have made it do so
 * @param extensionName what the browser's profile calls the extension; its author chose it, so it is hostile text
 * @param browser path of the browser that started the relay, where the system confirms that this relay is ours, was
 *     started for {@code origin}, and is that browser's child; null: nobody but the caller itself says who it is
 * @param user the peer's numeric user id
 * @param process the peer's process id
 * @param port of ours that the caller reached, at the HTTP door
 * @param call which of the daemon's calls this is about; null: none, but the connection. What the call asks a person is
 *     withdrawn with it
 */
public record Caller(
        Door door,
        @Nullable String origin,
        @Nullable String program,
        @Nullable String terminal,
        String connection,
        boolean mayOmitOrigin,
        @Nullable String extensionName,
        @Nullable String browser,
        @Nullable Long user,
        @Nullable Long process,
        @Nullable Integer port,
        @Nullable Long call) {

    /** A caller whose origin is all that there is to know of it. */
    public Caller(
            Door door,
            @Nullable String origin,
            @Nullable String program,
            @Nullable String terminal,
            String connection) {
        this(door, origin, program, terminal, connection, false);
    }

    /** The same, where the origin may be missing. */
    public Caller(
            Door door,
            @Nullable String origin,
            @Nullable String program,
            @Nullable String terminal,
            String connection,
            boolean mayOmitOrigin) {
        this(door, origin, program, terminal, connection, mayOmitOrigin, null, null, null, null, null, null);
    }

    /** The same caller in that terminal. */
    public Caller withTerminal(@Nullable String device) {
        return new Caller(
                door,
                origin,
                program,
                device,
                connection,
                mayOmitOrigin,
                extensionName,
                browser,
                user,
                process,
                port,
                call);
    }

    /** The same caller, making that call. */
    public Caller withCall(long number) {
        return new Caller(
                door,
                origin,
                program,
                terminal,
                connection,
                mayOmitOrigin,
                extensionName,
                browser,
                user,
                process,
                port,
                number);
    }

    /** The same caller, whose user the system told. */
    public Caller withUser(@Nullable Long id) {
        return new Caller(
                door,
                origin,
                program,
                terminal,
                connection,
                mayOmitOrigin,
                extensionName,
                browser,
                id,
                process,
                port,
                call);
    }

    /** The same caller, whose process and program the system told. */
    public Caller withProcess(@Nullable Long id, @Nullable String path) {
        return new Caller(
                door, origin, path, terminal, connection, mayOmitOrigin, extensionName, browser, user, id, port, call);
    }

    /** The same caller, whose browser the system confirmed. */
    public Caller withBrowser(@Nullable String path, @Nullable String name) {
        return new Caller(
                door, origin, program, terminal, connection, mayOmitOrigin, name, path, user, process, port, call);
    }

    /** The same caller, who reached this port of ours. */
    public Caller withPort(@Nullable Integer number) {
        return new Caller(
                door,
                origin,
                program,
                terminal,
                connection,
                mayOmitOrigin,
                extensionName,
                browser,
                user,
                process,
                number,
                call);
    }

    /** Whether something else than the caller's own word says whose program or extension it is. */
    public boolean isConfirmed() {
        return switch (door) {
            case NATIVE_MESSAGING -> browser != null;
            case SOCKET -> program != null;
            // A page cannot choose its Origin, but a program can: the door cannot tell the two apart.
            case HTTP -> false;
            case IN_PROCESS -> true;
        };
    }
}
