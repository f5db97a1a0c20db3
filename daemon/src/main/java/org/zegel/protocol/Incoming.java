package org.zegel.protocol;

import org.jspecify.annotations.Nullable;

/** What one message from a client is. */
public sealed interface Incoming {
    /** A call. {@code progress}: the client wants to be told how far it is. */
    record Call(CallId id, Request request, boolean progress) implements Incoming {}

    /** {@code $/cancel}: the call with this id is no longer wanted. */
    record Cancel(CallId id) implements Incoming {}

    /** {@code $/relay}: first frame of the native-messaging relay, naming whom the browser says it speaks for. */
    record Relay(String origin) implements Incoming {}

    /** A notification that nobody waits for; it is not carried out. */
    record Ignored() implements Incoming {}

    /** Not a call that can be carried out; {@code id} is null where it could not be read. */
    record Refused(@Nullable CallId id, RequestError error) implements Incoming {}
}
