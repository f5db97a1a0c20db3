package org.zegel.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionResult;

/** Moves bytes to and from a backend: inline while they are few, otherwise in chunks under a handle. */
public final class Contents {
    private static final int CHUNK = ContentRef.MAX_INLINE;

    private final Backend backend;

    public Contents(Backend backend) {
        this.backend = backend;
    }

    /** Hands all of the stream over; memory does not grow with it. */
    public ContentRef send(InputStream in) throws RequestError, IOException {
        byte[] chunk = in.readNBytes(CHUNK);
        if (chunk.length < CHUNK) {
            return ContentRef.ofBytes(chunk);
        }
        String handle = backend.call(ContentResult.Created.class, new ContentRequest.Create())
                .content();
        while (chunk.length > 0) {
            backend.call(ContentResult.Size.class, new ContentRequest.Append(handle, chunk));
            chunk = in.readNBytes(CHUNK);
        }
        return ContentRef.ofHandle(handle);
    }

    /** Writes a content out and frees its handle. */
    public void receive(ContentRef ref, OutputStream out) throws RequestError, IOException {
        String handle = ref.content();
        if (handle == null) {
            out.write(inline(ref));
            return;
        }
        try {
            long offset = 0;
            boolean end = false;
            while (!end) {
                ContentResult.Chunk chunk =
                        backend.call(ContentResult.Chunk.class, new ContentRequest.Read(handle, offset, CHUNK));
                out.write(chunk.base64());
                offset += chunk.base64().length;
                end = chunk.end();
            }
        } finally {
            forget(ref);
        }
    }

    /** Frees the handle of a content that is not wanted. */
    public void forget(ContentRef ref) throws RequestError {
        String handle = ref.content();
        if (handle != null) {
            backend.call(SessionResult.Done.class, new ContentRequest.Close(handle));
        }
    }

    private static byte[] inline(ContentRef ref) {
        byte[] base64 = ref.base64();
        if (base64 != null) {
            return Arrays.copyOf(base64, base64.length);
        }
        String text = ref.text();
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
