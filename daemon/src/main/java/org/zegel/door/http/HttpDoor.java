package org.zegel.door.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.door.Activity;
import org.zegel.event.Events;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.Limits;
import org.zegel.protocol.RequestError;

/** Listens on 127.0.0.1 and ::1 only, at the first port of a range that is free on both. */
public final class HttpDoor implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    /**
     * How long a client may be slow. A call that is being carried out, for instance while a person is asked, is under
     * neither bound.
     *
     * @param idle a client that sends or takes nothing for so long is cut off
     * @param header a request's header must be whole within this time; after as long a while, its body's pace counts
     */
    record Patience(Duration idle, Duration header) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    private static final int MAX_HEADERS = 16 * 1024;

    /** Connections that the system holds until they are looked at. */
    private static final int BACKLOG = 512;

    /** One thread for each connection, and some for Jetty itself. */
    private static final int THREADS = Limits.MAX_CONNECTIONS + 16;

    private static final Duration POLL = Duration.ofMillis(20);

    private final Javalin javalin;
    private final HttpCalls calls;
    private final EventStreams streams;
    private final HttpContents contents;
    private final HttpRules rules;
    private final Connections connections;
    private final Departures departures;
    private final Patience bounds;
    private final int port;

    private HttpDoor(
            List<ServerSocketChannel> listeners,
            int port,
            Gate gate,
            ContentHandles contents,
            Events events,
            Activity activity,
            Origins origins,
            Patience patience)
            throws IOException {
        this.port = port;
        this.bounds = patience;
        this.connections = new Connections(TcpPeers.ofThisMachine(), patience, Limits.MAX_CONNECTIONS);
        this.streams = new EventStreams(events);
        this.departures = new Departures();
        this.calls = new HttpCalls(streams, activity, departures);
        this.contents = new HttpContents(contents);
        this.rules = new HttpRules(gate, origins, activity, port);
        this.javalin = Javalin.create(config -> configure(config, listeners));
    }

    /** Opens the door at the first free one of {@code ports} ports. */
    public static HttpDoor open(
            int firstPort,
            int ports,
            Gate gate,
            ContentHandles contents,
            Events events,
            Activity activity,
            Origins origins)
            throws IOException {
        return open(firstPort, ports, gate, contents, events, activity, origins, Patience.USUAL);
    }

    static HttpDoor open(
            int firstPort,
            int ports,
            Gate gate,
            ContentHandles contents,
            Events events,
            Activity activity,
            Origins origins,
            Patience patience)
            throws IOException {
        for (int port = firstPort; port < firstPort + ports; port++) {
            List<ServerSocketChannel> listeners = listen(port);
            if (!listeners.isEmpty()) {
                HttpDoor door = new HttpDoor(listeners, port, gate, contents, events, activity, origins, patience);
                door.javalin.start();
                return door;
            }
        }
        throw new IOException("no free port from " + firstPort + " to " + (firstPort + ports - 1));
    }

    public int port() {
        return port;
    }

    /** Both loopback addresses, or IPv4's alone where there is no IPv6; empty when the port is taken on either. */
    private static List<ServerSocketChannel> listen(int port) throws IOException {
        List<ServerSocketChannel> listeners = new ArrayList<>();
        boolean complete = false;
        try {
            listeners.add(bind(StandardProtocolFamily.INET, new byte[] {127, 0, 0, 1}, port));
            if (hasIpv6()) {
                byte[] loopback = new byte[16];
                loopback[15] = 1;
                listeners.add(bind(StandardProtocolFamily.INET6, loopback, port));
            }
            complete = true;
            return listeners;
        } catch (IOException taken) {
            LOG.debug("port {} cannot be had: {}", port, taken.getMessage());
            return List.of();
        } finally {
            if (!complete) {
                for (ServerSocketChannel listener : listeners) {
                    listener.close();
                }
            }
        }
    }

    private static ServerSocketChannel bind(StandardProtocolFamily family, byte[] address, int port)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(family);
        try {
            return channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), port), BACKLOG);
        } catch (IOException taken) {
            channel.close();
            throw taken;
        }
    }

    private static boolean hasIpv6() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try {
            bind(StandardProtocolFamily.INET6, loopback, 0).close();
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }

    private void configure(JavalinConfig config, List<ServerSocketChannel> listeners) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.generateEtags = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
        config.jetty.modifyServer(HttpDoor::harden);
        for (ServerSocketChannel listener : listeners) {
            config.jetty.addConnector((server, http) -> connector(server, listener));
        }
        config.routes.before(this::admit);
        config.routes.post("/hello", calls::hello);
        config.routes.post("/pair", calls::pair);
        config.routes.post("/rpc", calls::rpc);
        config.routes.put("/content", contents::create);
        config.routes.put("/content/{id}", contents::append);
        config.routes.get("/content/{id}", contents::read);
        config.routes.get("/events", streams::serve);
        config.routes.exception(Refusal.class, HttpDoor::refuse);
        config.routes.exception(SteadyBody.TooSlow.class, (slow, context) -> {
            context.header("Connection", "close");
            refuse(new Refusal(408, ErrorCode.INVALID_REQUEST, SteadyBody.TOO_SLOW), context);
        });
        config.routes.exception(Exception.class, HttpDoor::fail);
    }

    private void admit(Context context) throws Refusal {
        rules.apply(context);
        SteadyBody.allow(context, bounds.header());
    }

    /** A body that is not HTTP, or breaks off, shows only when it is read: the client's mistake, not ours. */
    private static void fail(Exception problem, Context context) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadMessageException
                    || cause instanceof EofException
                    || cause instanceof ClosedChannelException) {
                refuse(new Refusal(400, ErrorCode.INVALID_REQUEST, "The body is not sent as HTTP asks."), context);
                return;
            }
        }
        LOG.error("a request failed unexpectedly", problem);
        refuse(new Refusal(500, ErrorCode.INTERNAL_ERROR, "Zegel made a mistake; its log says more."), context);
    }

    private static void refuse(Refusal refusal, Context context) {
        RequestError error = refusal.error();
        context.status(refusal.status());
        if (!Visit.isIn(context)) {
            // What follows on the connection of somebody who was not let in is not looked at.
            context.header("Connection", "close");
        }
        if (refusal.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        if (refusal.status() == 429) {
            context.header("Retry-After", "5");
        }
        context.contentType("application/json");
        Leftovers.answer(context, JsonCodec.write(Map.of("error", JsonRpc.errorObject(error))));
        context.skipRemainingHandlers();
    }

    private static void harden(Server server) {
        // Jetty's own error pages, for requests that are no HTTP, would name Jetty.
        server.setErrorHandler((request, response, callback) -> {
            response.getHeaders().put("Connection", "close").add(PlainAnswers.HEADERS);
            callback.succeeded();
            return true;
        });
    }

    private ServerConnector connector(Server server, ServerSocketChannel listener) {
        HttpConfiguration http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(MAX_HEADERS);
        http.addCustomizer(connections);
        http.addCustomizer(departures);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setIdleTimeout(bounds.idle().toMillis());
        connector.addBean(connections, false);
        try {
            connector.open(listener);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
        return connector;
    }

    /** Takes no more calls, waits for running calls, then cancels what is left. */
    public void close(Duration patience) {
        calls.stop(false);
        streams.stop();
        long end = System.nanoTime() + patience.toNanos();
        while (calls.running() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        calls.stop(true);
        connections.close();
        departures.close();
        javalin.stop();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
