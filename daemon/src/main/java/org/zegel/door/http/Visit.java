package org.zegel.door.http;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.zegel.dispatch.Session;
import org.zegel.door.Activity;
import org.zegel.model.Client;
import org.zegel.protocol.ErrorCode;

/** One request that passed the rules. */
record Visit(Session session, Activity.Visit presence) implements AutoCloseable {
    private static final String ATTRIBUTE = "zegel.visit";

    /** Ends with the request, however that ends: refused, broken off, or in a mistake. */
    void attachTo(Context context) {
        context.attribute(ATTRIBUTE, this);
        // Not a handler of Javalin's that comes last: a refusal skips those.
        Request.addCompletionListener(ServletContextRequest.getServletContextRequest(context.req()), _ -> close());
    }

    static Visit of(Context context) {
        Visit visit = context.attribute(ATTRIBUTE);
        if (visit == null) {
            throw new IllegalStateException("no rules were applied");
        }
        return visit;
    }

    /** Whether the rules let this request in. */
    static boolean isIn(Context context) {
        return context.attribute(ATTRIBUTE) != null;
    }

    /** The client; refused when it was revoked a moment ago. */
    Client client() throws Refusal {
        return session.client()
                .orElseThrow(() -> new Refusal(401, ErrorCode.NOT_PAIRED, "Pair with Zegel first, at /pair."));
    }

    @Override
    public void close() {
        session.close();
        presence.close();
    }
}
