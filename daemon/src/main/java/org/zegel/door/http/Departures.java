package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a client hang up while its request is carried out, which Jetty does not: it reads nothing from a connection until
 * the answer is sent. A client that closes its half of the connection after the request counts as gone. One that sends
 * its next request before it has the answer is no longer watched: what it sent is Jetty's to read.
 */
final class Departures implements HttpConfiguration.Customizer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final String CHANNEL = "zegel.channel";

    /** Closed channels give their descriptors back after so long, at the latest. */
    private static final long ROUND_MILLIS = 1000;

    private final Selector selector;

    Departures() throws IOException {
        selector = Selector.open();
        Thread.ofPlatform().daemon().name("departures").start(this::look);
    }

    /** Ends with the request; the channel stays known for the connection's next one. */
    record Watch(@Nullable SelectionKey key) implements AutoCloseable {
        @Override
        public void close() {
            if (key != null) {
                rest(key);
            }
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        request.setAttribute(
                CHANNEL,
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport());
        return request;
    }

    /** Runs {@code gone}, which is quick, when the client of a request that was read whole hangs up. */
    Watch watch(Context context, Runnable gone) {
        if (!(context.req().getAttribute(CHANNEL) instanceof SocketChannel channel)) {
            return new Watch(null);
        }
        try {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ, gone);
            selector.wakeup();
            return new Watch(key);
        } catch (ClosedChannelException | CancelledKeyException already) {
            gone.run();
        } catch (ClosedSelectorException ending) {
            LOG.debug("nobody watches any more");
        }
        return new Watch(null);
    }

    private void look() {
        while (selector.isOpen()) {
            try {
                selector.select(Departures::readable, ROUND_MILLIS);
            } catch (ClosedSelectorException ended) {
                return;
            } catch (IOException | RuntimeException problem) {
                LOG.warn("clients that leave may not be noticed", problem);
            }
        }
    }

    /** Either more bytes have come, or the end. */
    private static void readable(SelectionKey key) {
        Object gone = key.attachment();
        rest(key);
        if (gone instanceof Runnable action && isAtEnd((SocketChannel) key.channel())) {
            action.run();
        }
    }

    private static void rest(SelectionKey key) {
        try {
            key.attach(null);
            key.interestOps(0);
        } catch (CancelledKeyException closed) {
            LOG.debug("the connection is gone");
        }
    }

    private static boolean isAtEnd(SocketChannel channel) {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException problem) {
            LOG.debug("closing: {}", problem.getMessage());
        }
    }
}
