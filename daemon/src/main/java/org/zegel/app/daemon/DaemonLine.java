package org.zegel.app.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.zegel.app.system.OwnUser;
import org.zegel.door.nativemessaging.Relay;

/** A connection to the daemon's socket. */
public final class DaemonLine implements Relay.Line {
    /** How long a daemon may take to start. */
    public static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(25);

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private DaemonLine(SocketChannel channel) {
        this.channel = channel;
        this.in = Channels.newInputStream(channel);
        this.out = Channels.newOutputStream(channel);
    }

    /** Connects to a daemon of this person that runs; fails when there is none, or somebody else's in its place. */
    public static DaemonLine connect(Path socket) throws IOException {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null && Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            RuntimeFiles.check(directory);
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            checkListener(channel);
            return new DaemonLine(channel);
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    private static void checkListener(SocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
                && !channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(OwnUser.principal())) {
            throw new IOException("another user listens at the socket");
        }
    }

    /** Connects, starting the daemon when none runs; waits until it is ready, at most this long. */
    public static DaemonLine connectOrStart(RuntimeFiles files, DaemonStarter starter, Duration timeout)
            throws IOException {
        files.create();
        DaemonLine line = tryConnect(files.socket());
        if (line != null) {
            return line;
        }
        Process process = starter.start(files);
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            line = tryConnect(files.socket());
            if (line != null) {
                return line;
            }
            if (!process.isAlive() && process.exitValue() != 0) {
                throw new IOException("the daemon could not be started; see " + files.startLog());
            }
            pause();
        }
        throw new IOException("the daemon did not start within " + timeout.toSeconds() + " seconds");
    }

    private static @Nullable DaemonLine tryConnect(Path socket) {
        try {
            return connect(socket);
        } catch (IOException none) {
            return null;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
