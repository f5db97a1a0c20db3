package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a request whose body is still on its way. A connection that is closed while bytes come in is reset, and the
 * client may lose the answer that it has not read yet; so the answer is sent first, and then the rest of the body is
 * read and thrown away, within bounds.
 */
final class Leftovers {
    /** Bytes of a refused body that are read. */
    static final long MAX_DISCARDED = 256L << 20;

    /** How long they are waited for. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int STEP = 64 * 1024;

    private Leftovers() {}

    /** Sends the whole answer now. A client that still waits to be asked for its body is not asked. */
    static void answer(Context context, byte[] answer) {
        Connections.Link link = Connections.Link.of(context.req());
        if (link == null || !hasBody(context) || SteadyBody.isAwaited(context)) {
            context.result(answer);
            return;
        }
        try {
            context.res().setContentLength(answer.length);
            context.res().getOutputStream().write(answer);
            context.res().flushBuffer();
            link.lingers(LONGEST);
            discard(context.bodyInputStream());
        } catch (IOException gone) {
            LOG.debug("the client of a refused request left: {}", gone.getMessage());
        }
    }

    private static boolean hasBody(Context context) {
        return context.req().getContentLengthLong() > 0 || context.req().getHeader("Transfer-Encoding") != null;
    }

    private static void discard(InputStream body) throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        byte[] block = new byte[STEP];
        long left = MAX_DISCARDED;
        int count = 0;
        while (count >= 0 && left > 0 && System.nanoTime() < end) {
            count = body.read(block, 0, (int) Math.min(left, block.length));
            left -= Math.max(count, 0);
        }
    }
}
