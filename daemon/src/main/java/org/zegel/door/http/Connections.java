package org.zegel.door.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of the HTTP door: whose they are, how many there may be, and how slow. Another user's is closed
 * unanswered. When the door is full the one that has waited longest for a request makes room, so that a crowd of silent
 * connections shuts nobody out. Jetty's own idle time starts again at every byte, so it lets a header, or a chunk
 * without contents, trickle in for ever; here a header has a bound, and so has the wait for the next byte of a body.
 */
final class Connections implements Connection.Listener, HttpConfiguration.Customizer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long NEVER = Long.MAX_VALUE;

    /** How long a request waits to learn whose it is. */
    private static final Duration LOOKUP = Duration.ofSeconds(10);

    private final Map<Connection, Link> links = new ConcurrentHashMap<>();
    private final TcpPeers peers;
    private final HttpDoor.Patience patience;
    private final int most;
    private final Thread sweeper;

    Connections(TcpPeers peers, HttpDoor.Patience patience, int most) {
        this.peers = peers;
        this.patience = patience;
        this.most = most;
        this.sweeper = Thread.ofVirtual().name("slow-connections").start(this::sweep);
    }

    /** One connection, and what is known of it. Moments are of {@link System#nanoTime}. */
    static final class Link {
        private final EndPoint end;
        private final CompletableFuture<Long> inode;
        private final @Nullable Long user;
        private volatile long waitingSince = System.nanoTime();
        private volatile long readingSince = NEVER;
        private volatile long comingSince;
        private volatile long lingerEnd = NEVER;
        private volatile boolean used;
        private volatile boolean atWork;
        private boolean sought;
        private @Nullable Long process;

        private Link(EndPoint end, CompletableFuture<Long> inode, @Nullable Long user) {
            this.end = end;
            this.inode = inode;
            this.user = user;
        }

        /** The link of the connection that this request came on. */
        static @Nullable Link of(HttpServletRequest request) {
            return (Link) request.getAttribute(Link.class.getName());
        }

        /** Whether the peer is this daemon's user; false when that cannot be told in time. */
        boolean isOwn() {
            try {
                return inode.get(LOOKUP.toMillis(), TimeUnit.MILLISECONDS) != TcpPeers.FOREIGN;
            } catch (ExecutionException | TimeoutException unknown) {
                LOG.warn("nobody could tell whose a connection is", unknown);
                return false;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** The process at the other end, where it can be told; looked for once, among this user's. */
        synchronized @Nullable Long process() {
            if (!sought) {
                sought = true;
                long socket = inode.getNow(TcpPeers.OWN);
                process = socket > TcpPeers.OWN ? SocketHolder.find(socket) : null;
            }
            return process;
        }

        /** The user at the other end, where the system tells it: another's connection is refused before. */
        @Nullable
        Long user() {
            return user;
        }

        /** Path of the program at the other end, while its process holds the connection. */
        @Nullable
        String program() {
            Long holder = process();
            return holder == null ? null : SocketHolder.program(holder, inode.getNow(TcpPeers.OWN));
        }

        /** Ends it in the middle of whatever is being sent. */
        void cutOff() {
            end.close();
        }

        /** A request on it passed the rules: this is somebody whom the door knows. */
        void markUsed() {
            used = true;
        }

        /** The request is here whole, and is carried out. */
        void markAtWork() {
            atWork = true;
        }

        /** The next bytes of a body are waited for. */
        void readBegins() {
            readingSince = System.nanoTime();
        }

        void readEnds() {
            readingSince = NEVER;
        }

        /** Its request is answered; what is left of the body is thrown away for no longer than this. */
        void lingers(Duration most) {
            lingerEnd = System.nanoTime() + most.toNanos();
        }

        private void headerIsWhole() {
            comingSince = System.nanoTime();
            lingerEnd = NEVER;
            atWork = false;
            waitingSince = NEVER;
        }

        /** Nobody is harmed if this one is closed: no request is here, a refused one, or a stranger's that is not whole. */
        private boolean mayGo() {
            return waitingSince != NEVER || lingerEnd != NEVER || (!used && !atWork);
        }

        private long age(long now) {
            return now - (waitingSince == NEVER ? comingSince : waitingSince);
        }
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        if (!(end.getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || !(end.getLocalSocketAddress() instanceof InetSocketAddress local)) {
            end.close();
            return;
        }
        if (!admit(connection, new Link(end, peers.inode(peer, local), peers.user()))) {
            end.close();
        }
    }

    private synchronized boolean admit(Connection connection, Link link) {
        while (links.size() >= most) {
            long now = System.nanoTime();
            Map.Entry<Connection, Link> oldest = links.entrySet().stream()
                    .filter(entry -> entry.getValue().mayGo())
                    .min(Comparator.comparing((Map.Entry<Connection, Link> entry) -> entry.getValue().used)
                            .thenComparing(entry -> -entry.getValue().age(now)))
                    .orElse(null);
            if (oldest == null) {
                return false;
            }
            links.remove(oldest.getKey());
            oldest.getValue().end.close();
        }
        links.put(connection, link);
        link.inode.thenAccept(inode -> {
            if (inode == TcpPeers.FOREIGN) {
                LOG.debug("a connection of another user was closed");
                link.end.close();
            }
        });
        return true;
    }

    @Override
    public void onClosed(Connection connection) {
        links.remove(connection);
    }

    /** Jetty calls this once a header is whole. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Link link = links.get(request.getConnectionMetaData().getConnection());
        if (link != null) {
            link.headerIsWhole();
            responseHeaders.add(PlainAnswers.HEADERS);
            request.setAttribute(Link.class.getName(), link);
            Request.addCompletionListener(request, failure -> link.waitingSince = System.nanoTime());
        }
        return request;
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(patience.header().dividedBy(4));
                long now = System.nanoTime();
                for (Link link : links.values()) {
                    if (isOver(link.waitingSince, now, patience.header())
                            || isOver(link.readingSince, now, patience.idle())
                            || isOver(link.lingerEnd, now, Duration.ZERO)) {
                        link.end.close();
                    }
                }
            }
        } catch (InterruptedException stop) {
            links.clear();
        }
    }

    private static boolean isOver(long since, long now, Duration bound) {
        return since != NEVER && now - since > bound.toNanos();
    }

    @Override
    public void close() {
        sweeper.interrupt();
        peers.close();
    }
}
