package org.zegel.protocol;

/** Answers to {@link ContentRequest}. */
public sealed interface ContentResult extends Result {
    record Created(String content) implements ContentResult {}

    record Size(long size) implements ContentResult {}

    record Chunk(byte[] base64, long size, boolean end) implements ContentResult {}
}
