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
import org.zegel.model.VirtualThreads;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.Limits;

/** Listens on a Unix domain socket of mode 0600; callers of another user are turned away where the system names them. */
public final class SocketDoor implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Connections that the system holds until they are looked at: whoever comes with a crowd is not turned away. */
    private static final int BACKLOG = 512;

    /** A caller's first message is whole within this time. */
    static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);

    private final Path file;
    private final Gate gate;
    private final Events events;
    private final Activity activity;
    private final Peers peers;
    private final ServerSocketChannel server;
    private final UserPrincipal owner;
    private final @Nullable Long user;
    private final Room room = new Room(Limits.MAX_CONNECTIONS, Room.MAX_PER_PROCESS);
    private final Duration firstMessage;
    private final AtomicLong counter = new AtomicLong();

    private SocketDoor(Path file, Gate gate, Events events, Activity activity, Peers peers, Duration firstMessage)
            throws IOException {
        this.file = file;
        this.gate = new Strangers(gate);
        this.events = events;
        this.activity = activity;
        this.peers = peers;
        this.firstMessage = firstMessage;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file), BACKLOG);
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
        return open(file, gate, events, activity, peers, FIRST_MESSAGE);
    }

    static SocketDoor open(Path file, Gate gate, Events events, Activity activity, Peers peers, Duration firstMessage)
            throws IOException {
        SocketDoor door = new SocketDoor(file, gate, events, activity, peers, firstMessage);
        Thread.ofVirtual().name("socket-door").start(door::accept);
        return door;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                if (!isOwner(channel) || !serve(channel)) {
                    channel.close();
                }
            } catch (ClosedChannelException end) {
                LOG.debug("socket door closed");
            } catch (IOException problem) {
                LOG.warn("a caller could not be let in", problem);
                pause();
            }
        }
    }

    /** False when there is no room. */
    private boolean serve(SocketChannel channel) {
        String name = "socket-" + counter.incrementAndGet();
        Connection connection = new Connection(
                Channels.newInputStream(channel),
                Channels.newOutputStream(channel),
                channel,
                gate,
                events,
                activity,
                relay -> peers.known(channel, caller(relay, name).withUser(tellsUser(channel) ? user : null)));
        if (!room.admit(connection, peers.process(channel))) {
            connection.close();
            return false;
        }
        VirtualThreads.start(name, () -> {
            Thread patience = Thread.ofVirtual().name(name + "-patience").start(() -> awaitFirstMessage(connection));
            try {
                connection.run();
            } finally {
                patience.interrupt();
                room.leave(connection);
            }
        });
        return true;
    }

    Room room() {
        return room;
    }

    private void awaitFirstMessage(Connection connection) {
        try {
            Thread.sleep(firstMessage);
            if (connection.standing() == Connection.Standing.SILENT) {
                connection.giveWay();
            }
        } catch (InterruptedException ended) {
            LOG.trace("the caller left");
        }
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
        room.all().forEach(Connection::refuseCalls);
        long end = System.nanoTime() + patience.toNanos();
        while (room.all().stream().anyMatch(connection -> connection.running() > 0) && System.nanoTime() < end) {
            pause();
        }
        room.all().stream()
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
