package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * A request's body that has to come at a steady pace, so that nobody holds a thread by trickling. A client has a while
 * to get going before its pace counts: the body may be on its way later than its header.
 */
final class SteadyBody extends FilterInputStream {
    /** Bytes a second, counted from the end of the grace. */
    static final long MIN_RATE = 1024;

    static final String TOO_SLOW = "The body came too slowly. Send it at " + MIN_RATE + " bytes a second or faster.";

    private static final String GRACE = "zegel.body-grace";

    private final Connections.Link link;
    private final long end;
    private long taken;

    private SteadyBody(InputStream in, Connections.Link link, Duration grace) {
        super(in);
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
                context.bodyInputStream(),
                Objects.requireNonNull(Connections.Link.of(context.req()), "no connection"),
                Objects.requireNonNull(context.<Duration>attribute(GRACE), "no grace"));
    }

    @Override
    public int read() throws IOException {
        int octet;
        link.readBegins();
        try {
            octet = super.read();
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
            read = super.read(bytes, offset, length);
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
