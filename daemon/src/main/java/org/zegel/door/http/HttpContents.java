package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.content.Content;
import org.zegel.content.ContentHandles;
import org.zegel.content.ContentLimitException;
import org.zegel.dispatch.Failures;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.JsonCodec;

/** {@code /content}: raw bytes in and out, in bounded memory. */
final class HttpContents {
    private static final Logger LOG = LoggerFactory.getLogger(HttpContents.class);

    private final ContentHandles contents;

    HttpContents(ContentHandles contents) {
        this.contents = contents;
    }

    /** A new content of the body's bytes. */
    void create(Context context) throws IOException, Refusal {
        String client = transferring(context);
        try {
            String handle = contents.create(client);
            boolean whole = false;
            try {
                append(context, client, handle);
                whole = true;
            } finally {
                if (!whole) {
                    free(client, handle);
                }
            }
            context.status(201);
            json(context, new ContentResult.Created(handle));
        } catch (Failure | ContentLimitException failure) {
            throw Refusal.of(Failures.toError(failure));
        }
    }

    /** Frees what was begun; a transfer that fails half-way has done so itself, and why it failed is what is told. */
    private void free(String client, String handle) {
        try {
            contents.close(client, handle);
        } catch (Failure gone) {
            LOG.debug("freed already: {}", gone.getMessage());
        }
    }

    /** Appends the body's bytes. */
    void append(Context context) throws IOException, Refusal {
        try {
            long size = append(context, transferring(context), context.pathParam("id"));
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
            Content content = contents.open(transferring(context), context.pathParam("id"));
            try (InputStream in = content.open()) {
                context.contentType("application/octet-stream");
                context.res().setContentLengthLong(content.size());
                in.transferTo(context.res().getOutputStream());
            }
        } catch (Failure failure) {
            throw Refusal.of(Failures.toError(failure));
        }
    }

    /** The client; when it is cut off the transfer is too. */
    private static String transferring(Context context) throws Refusal {
        Visit visit = Visit.of(context);
        Connections.Link link = Connections.Link.of(context.req());
        if (link != null) {
            visit.session().onCutOff(link::cutOff);
        }
        return visit.client().id();
    }

    private static void json(Context context, Object value) {
        context.contentType("application/json");
        context.result(JsonCodec.write(value));
    }
}
