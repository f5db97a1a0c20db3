package org.zegel.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sizes and counts of protocol version 1, the same at every door. Bytes unless the name says otherwise. */
public final class Limits {
    /** Longest frame or request body from a client. */
    public static final int MAX_INCOMING = 8 * 1024 * 1024;

    /** Longest frame to a client; browsers cut a native host off at 1 MiB. */
    public static final int MAX_OUTGOING = 1_000_000;

    /** Most bytes that {@code content.read} gives at once. */
    public static final int MAX_CHUNK = 512 * 1024;

    /** Longest body of {@code /hello} and {@code /pair}. */
    public static final int MAX_GREETING = 16 * 1024;

    /** Calls that one connection may have running at the same time. */
    public static final int MAX_CALLS = 16;

    /** Connections that a door holds open at the same time. */
    public static final int MAX_CONNECTIONS = 64;

    /** Depth of objects and arrays in each other. */
    public static final int MAX_NESTING = 32;

    /** The same in an answer: 100 layers of a message within one another, each a list in an object. */
    public static final int MAX_ANSWER_NESTING = 256;

    /** JSON tokens in one message. */
    public static final int MAX_TOKENS = 100_000;

    /** The same in an answer: 10,000 parts of a message, and what is told of each. */
    public static final int MAX_ANSWER_TOKENS = 1_000_000;

    /** Elements of one list. */
    public static final int MAX_LIST = 10_000;

    /** Characters of a property's name. */
    public static final int MAX_NAME = 128;

    /** Characters of a number. */
    public static final int MAX_NUMBER = 32;

    /** Characters of a call's id, where it is a string. */
    public static final int MAX_ID = 128;

    private Limits() {}

    /** What {@code hello} tells a client. */
    public static Map<String, Long> published() {
        Map<String, Long> limits = new LinkedHashMap<>();
        limits.put("incoming", (long) MAX_INCOMING);
        limits.put("outgoing", (long) MAX_OUTGOING);
        limits.put("inline", (long) ContentRef.MAX_INLINE);
        limits.put("chunk", (long) MAX_CHUNK);
        limits.put("calls", (long) MAX_CALLS);
        limits.put("nesting", (long) MAX_NESTING);
        limits.put("list", (long) MAX_LIST);
        return Collections.unmodifiableMap(limits);
    }
}
