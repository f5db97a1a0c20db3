package org.zegel.protocol;

import org.jspecify.annotations.Nullable;

/** Contents in chunks. */
public sealed interface ContentRequest extends Request {
    @Method(value = "content.create", result = ContentResult.Created.class, summary = "An empty content to append to")
    record Create() implements ContentRequest {}

    @Method(value = "content.append", result = ContentResult.Size.class, summary = "Appends bytes")
    record Append(String content, byte[] base64) implements ContentRequest {}

    /** {@code length} is at most 512 KiB, which is also the default. */
    @Method(value = "content.read", result = ContentResult.Chunk.class, summary = "Reads bytes from an offset")
    record Read(String content, long offset, @Nullable Integer length) implements ContentRequest {}

    @Method(value = "content.close", result = SessionResult.Done.class, summary = "Frees a content")
    record Close(String content) implements ContentRequest {}
}
