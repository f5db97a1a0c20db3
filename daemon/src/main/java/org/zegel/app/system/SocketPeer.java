package org.zegel.app.system;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that connected to a Unix domain socket, as the kernel noted it then. The JDK tells its user alone, so the
 * kernel is asked by its own call; for the number of the socket the JVM needs {@value #EXPORT}.
 *
 * @param pid in this process's own namespace
 */
public final class SocketPeer implements Closeable {
    /** JVM option without which nobody is known. */
    public static final String EXPORT = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

    private static final Logger LOG = LoggerFactory.getLogger(SocketPeer.class);

    /** Numbers of Linux, but for architectures with a past of their own, where nobody is asked. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_PEERCRED = 17;
    private static final int SO_PEERPIDFD = 77;
    private static final Set<String> OTHER_NUMBERS =
            Set.of("mips", "mipsel", "mips64", "ppc", "ppc64", "ppc64le", "sparcv9");
    private static final int CREDENTIALS = 3 * Integer.BYTES;

    /** Numbers of macOS. Not run: no such machine was at hand. */
    private static final int SOL_LOCAL = 0;

    private static final int LOCAL_PEERPID = 2;

    private static final int NONE = -1;

    private final long pid;
    private final int pidFile;

    private SocketPeer(long pid, int pidFile) {
        this.pid = pid;
        this.pidFile = pidFile;
    }

    /** The system's C library. */
    interface LibC extends Library {
        int getsockopt(int socket, int level, int option, byte[] value, IntByReference length);

        int close(int file);
    }

    /** Loaded when the first caller comes. */
    private static final class Loaded {
        static final LibC C = Native.load("c", LibC.class);
        static final @Nullable Method NUMBER = number();

        private static @Nullable Method number() {
            try {
                return Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
            } catch (ReflectiveOperationException otherJdk) {
                return null;
            }
        }
    }

    /** Who connected; empty where this system, this JVM or this caller's namespace does not tell. */
    public static Optional<SocketPeer> of(SocketChannel channel) {
        try {
            return switch (OperatingSystem.current()) {
                case LINUX ->
                    OTHER_NUMBERS.contains(System.getProperty("os.arch", "")) ? Optional.empty() : linux(channel);
                case MACOS -> macos(channel);
                case WINDOWS, OTHER -> Optional.empty();
            };
        } catch (ReflectiveOperationException | LinkageError | RuntimeException hidden) {
            LOG.debug("the system does not tell who is at the socket", hidden);
            return Optional.empty();
        }
    }

    private static Optional<SocketPeer> linux(SocketChannel channel) throws ReflectiveOperationException {
        int number = number(channel);
        Optional<ByteBuffer> credentials = option(number, SOL_SOCKET, SO_PEERCRED, CREDENTIALS);
        Optional<ByteBuffer> file = option(number, SOL_SOCKET, SO_PEERPIDFD, Integer.BYTES);
        int pidFile = file.map(ByteBuffer::getInt).orElse(NONE);
        int pid = credentials.map(ByteBuffer::getInt).orElse(0);
        return checked(channel, new SocketPeer(pid, pidFile));
    }

    private static Optional<SocketPeer> macos(SocketChannel channel) throws ReflectiveOperationException {
        Optional<ByteBuffer> pid = option(number(channel), SOL_LOCAL, LOCAL_PEERPID, Integer.BYTES);
        return checked(channel, new SocketPeer(pid.map(ByteBuffer::getInt).orElse(0), NONE));
    }

    /** The number of a channel that was closed meanwhile may be another's by now. */
    private static Optional<SocketPeer> checked(SocketChannel channel, SocketPeer peer) {
        if (peer.pid > 0 && channel.isOpen()) {
            return Optional.of(peer);
        }
        peer.close();
        return Optional.empty();
    }

    private static int number(SocketChannel channel) throws ReflectiveOperationException {
        Method number = Loaded.NUMBER;
        if (number == null) {
            throw new NoSuchMethodException("getFDVal");
        }
        return (int) number.invoke(channel);
    }

    private static Optional<ByteBuffer> option(int socket, int level, int option, int size) {
        byte[] value = new byte[size];
        int result = Loaded.C.getsockopt(socket, level, option, value, new IntByReference(size));
        return result == 0 ? Optional.of(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder())) : Optional.empty();
    }

    /** Of the process that connected. */
    public long pid() {
        return pid;
    }

    /**
     * Whether the process has not ended yet, so that its number is still its own. Linux before 6.5 and macOS do not say;
     * there the answer is yes.
     */
    public boolean isAlive() {
        if (pidFile == NONE) {
            return true;
        }
        try {
            return Files.readAllLines(Path.of("/proc/self/fdinfo/" + pidFile), StandardCharsets.US_ASCII).stream()
                    .anyMatch(line ->
                            line.startsWith("Pid:") && line.substring(4).strip().equals(Long.toString(pid)));
        } catch (IOException hidden) {
            return false;
        }
    }

    @Override
    public void close() {
        if (pidFile != NONE) {
            Loaded.C.close(pidFile);
        }
    }
}
