package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;
import org.zegel.content.ContentHandles;
import org.zegel.content.ContentLimitException;
import org.zegel.dispatch.Failures;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.JsonCodec;

/** {@code /content}: raw bytes in and out, in bounded memory. */
final class HttpContents {
    private final ContentHandles contents;

    HttpContents(ContentHandles contents) {
        this.contents = contents;
    }

    /** A new content of the body's bytes. */
    void create(Context context) throws IOException, Refusal {
        String client = Visit.of(context).client().id();
        try {
            String handle = contents.create(client);
            boolean whole = false;
            try {
                append(context, client, handle);
                whole = true;
            } finally {
                if (!whole) {
                    contents.close(client, handle);
                }
            }
            context.status(201);
            json(context, new ContentResult.Created(handle));
        } catch (Failure | ContentLimitException failure) {
            throw Refusal.of(Failures.toError(failure));
        }
    }

    /** Appends the body's bytes. */
    void append(Context context) throws IOException, Refusal {
        try {
            long size = append(context, Visit.of(context).client().id(), context.pathParam("id"));
            json(context, new ContentResult.Size(size));
        } catch (Failure | ContentLimitException failure) {
            throw Refusal.of(Failures.toError(failure));
        }
    }

    private long append(Context context, String client, String handle) throws IOException, Failure {
        return contents.append(
                client, handle, SteadyBody.of(context), context.req().getContentLengthLong());
    }

    /** The bytes of a content. */
    void read(Context context) throws IOException, Refusal {
        try {
            Content content = contents.open(Visit.of(context).client().id(), context.pathParam("id"));
            try (InputStream in = content.open()) {
                context.contentType("application/octet-stream");
                context.res().setContentLengthLong(content.size());
                in.transferTo(context.res().getOutputStream());
            }
        } catch (Failure failure) {
            throw Refusal.of(Failures.toError(failure));
        }
    }

    private static void json(Context context, Object value) {
        context.contentType("application/json");
        context.result(JsonCodec.write(value));
    }
}
