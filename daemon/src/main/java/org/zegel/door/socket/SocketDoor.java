package org.zegel.door.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.dispatch.Gate;
import org.zegel.door.Activity;
import org.zegel.door.Connection;
import org.zegel.event.Events;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.Limits;

/** Listens on a Unix domain socket of mode 0600; callers of another user are turned away where the system names them. */
public final class SocketDoor implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path file;
    private final Gate gate;
    private final Events events;
    private final Activity activity;
    private final Peers peers;
    private final ServerSocketChannel server;
    private final UserPrincipal owner;
    private final @Nullable Long user;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong counter = new AtomicLong();

    private SocketDoor(Path file, Gate gate, Events events, Activity activity, Peers peers) throws IOException {
        this.file = file;
        this.gate = new Strangers(gate);
        this.events = events;
        this.activity = activity;
        this.peers = peers;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file), Limits.MAX_CONNECTIONS);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            this.owner = Files.getOwner(file);
            this.user = user(file);
        } catch (IOException | RuntimeException problem) {
            server.close();
            throw problem;
        }
    }

    /** As below, where nobody tells who the callers are. */
    public static SocketDoor open(Path file, Gate gate, Events events, Activity activity) throws IOException {
        return open(file, gate, events, activity, Peers.SILENT);
    }

    /** Opens the door. The file must not exist, and its directory must be the person's own. */
    public static SocketDoor open(Path file, Gate gate, Events events, Activity activity, Peers peers)
            throws IOException {
        SocketDoor door = new SocketDoor(file, gate, events, activity, peers);
        Thread.ofVirtual().name("socket-door").start(door::accept);
        return door;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                if (connections.size() >= Limits.MAX_CONNECTIONS || !isOwner(channel)) {
                    channel.close();
                } else {
                    serve(channel);
                }
            } catch (ClosedChannelException end) {
                LOG.debug("socket door closed");
            } catch (IOException problem) {
                LOG.warn("a caller could not be let in", problem);
                pause();
            }
        }
    }

    private void serve(SocketChannel channel) {
        String name = "socket-" + counter.incrementAndGet();
        Connection connection = new Connection(
                Channels.newInputStream(channel),
                Channels.newOutputStream(channel),
                channel,
                gate,
                events,
                activity,
                relay -> peers.known(channel, caller(relay, name).withUser(tellsUser(channel) ? user : null)));
        connections.add(connection);
        Thread.ofVirtual().name(name).start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    /**
     * Only this person's programs reach the socket. What a relay says of the extension is its word: whoever else knows
     * better is asked, and rights come with the token alone. What it says of the browser is not heard.
     */
    private static Caller caller(Incoming.@Nullable Relay relay, String name) {
        return relay == null
                ? new Caller(Door.SOCKET, null, null, null, name)
                : new Caller(Door.NATIVE_MESSAGING, relay.origin(), null, null, name);
    }

    private static @Nullable Long user(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("unix")
                ? ((Number) Files.getAttribute(file, "unix:uid")).longValue()
                : null;
    }

    private static boolean tellsUser(SocketChannel channel) {
        return channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED);
    }

    private boolean isOwner(SocketChannel channel) throws IOException {
        return !tellsUser(channel)
                || channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
    }

    /** Takes no more callers and calls, waits for running calls, and then cancels what is left. */
    public void close(Duration patience) {
        closeListener();
        connections.forEach(Connection::refuseCalls);
        long end = System.nanoTime() + patience.toNanos();
        while (connections.stream().anyMatch(connection -> connection.running() > 0) && System.nanoTime() < end) {
            pause();
        }
        connections.stream()
                .map(connection -> Thread.ofVirtual().start(connection::close))
                .toList()
                .forEach(SocketDoor::join);
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void closeListener() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            LOG.warn("the socket could not be removed", problem);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
