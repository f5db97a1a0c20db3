package org.zegel.dispatch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;
import org.zegel.content.ContentHandles;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionResult;

/** {@code content.*}. */
final class ContentCalls {
    private final ContentHandles handles;

    ContentCalls(ContentHandles handles) {
        this.handles = handles;
    }

    Result call(ContentRequest request, String client) throws Failure, IOException {
        return switch (request) {
            case ContentRequest.Create ignored -> new ContentResult.Created(handles.create(client));
            case ContentRequest.Append append ->
                new ContentResult.Size(handles.append(client, append.content(), append.base64()));
            case ContentRequest.Read read -> read(read, client);
            case ContentRequest.Close close -> {
                handles.close(client, close.content());
                yield new SessionResult.Done(true);
            }
        };
    }

    private ContentResult.Chunk read(ContentRequest.Read read, String client) throws Failure, IOException {
        Integer wished = read.length();
        int length = wished == null ? ContentRef.MAX_INLINE : wished;
        if (length < 1 || length > ContentRef.MAX_INLINE) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, "length must be from 1 to " + ContentRef.MAX_INLINE + ".");
        }
        Content content = handles.open(client, read.content());
        long size = content.size();
        if (read.offset() < 0 || read.offset() > size) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "offset must be from 0 to the content's size.");
        }
        try (InputStream in = content.open()) {
            in.skipNBytes(read.offset());
            byte[] bytes = new byte[(int) Math.min(length, size - read.offset())];
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException();
            }
            return new ContentResult.Chunk(bytes, size, read.offset() + bytes.length == size);
        }
    }
}
