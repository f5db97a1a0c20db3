package org.zegel.door.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections on which no whole request header came within a bound, counted from the connection's or from the
 * last answer's end. Jetty's own idle time starts again at every byte, so it lets a header trickle in for ever.
 */
final class SlowHeaders implements Connection.Listener, HttpConfiguration.Customizer, AutoCloseable {
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();
    private final Duration bound;
    private final Thread sweeper;

    SlowHeaders(Duration bound) {
        this.bound = bound;
        this.sweeper = Thread.ofVirtual().name("slow-headers").start(this::sweep);
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    /** Jetty calls this once a header is whole. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(request, failure -> answered(connection));
        return request;
    }

    private void answered(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            waiting.put(connection, System.nanoTime());
        }
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(bound.dividedBy(4));
                long now = System.nanoTime();
                waiting.forEach((connection, since) -> {
                    if (now - since > bound.toNanos() && waiting.remove(connection, since)) {
                        connection.getEndPoint().close();
                    }
                });
            }
        } catch (InterruptedException stop) {
            waiting.clear();
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
