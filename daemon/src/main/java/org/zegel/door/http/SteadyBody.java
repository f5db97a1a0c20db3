package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that has to come at a steady pace, so that nobody holds a thread by trickling. A client has a while
 * to get going before its pace counts: the body may be on its way later than its header. A client that waits to be asked
 * for its body ({@code 100 Continue}) is asked when the first byte is read, and not before.
 */
final class SteadyBody extends InputStream {
    /** Bytes a second, counted from the end of the grace. */
    static final long MIN_RATE = 1024;

    static final String TOO_SLOW = "The body came too slowly. Send it at " + MIN_RATE + " bytes a second or faster.";

    private static final String GRACE = "zegel.body-grace";

    private static final String ASKED = "zegel.body-asked";

    private final Context context;
    private final Connections.Link link;
    private final long end;
    private @Nullable InputStream opened;
    private long taken;

    private SteadyBody(Context context, Connections.Link link, Duration grace) {
        this.context = context;
        this.link = link;
        this.end = System.nanoTime() + grace.toNanos();
    }

    /** Names the grace for this request's body. */
    static void allow(Context context, Duration grace) {
        context.attribute(GRACE, grace);
    }

    /** The body of a request whose grace was named. */
    static SteadyBody of(Context context) {
        return new SteadyBody(
                context,
                Objects.requireNonNull(Connections.Link.of(context.req()), "no connection"),
                Objects.requireNonNull(context.<Duration>attribute(GRACE), "no grace"));
    }

    /** Whether the client waits to be asked for its body, and was not. */
    static boolean isAwaited(Context context) {
        return context.req().getHeader("Expect") != null && context.attribute(ASKED) == null;
    }

    private InputStream body() {
        InputStream body = opened;
        if (body == null) {
            context.attribute(ASKED, true);
            body = context.bodyInputStream();
            opened = body;
        }
        return body;
    }

    @Override
    public int read() throws IOException {
        int octet;
        link.readBegins();
        try {
            octet = body().read();
        } finally {
            link.readEnds();
        }
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        link.readBegins();
        try {
            read = body().read(bytes, offset, length);
        } finally {
            link.readEnds();
        }
        count(Math.max(read, 0));
        return read;
    }

    private void count(int more) throws IOException {
        taken += more;
        long over = System.nanoTime() - end;
        if (over > 0 && taken < over / 1_000_000 * MIN_RATE / 1000) {
            throw new TooSlow();
        }
    }

    /** The client is cut off with status 408. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super(TOO_SLOW);
        }
    }
}
