package org.zegel.consent.dialog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks an X display for a sign of life before the toolkit does: the toolkit would wait for a dead one without end. Any
 * answer will do, a refusal too; whether this program may draw there is the toolkit's to find out.
 */
final class DisplayProbe {
    /** A display that says nothing for so long is none. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Pattern NAME =
            Pattern.compile("(?<host>[A-Za-z0-9._-]*):(?<number>[0-9]{1,4})(?:\\.[0-9]{1,3})?");
    private static final int TCP_BASE = 6000;

    /** X11's first words: little-endian, protocol 11.0, no name and no proof. */
    private static final byte[] GREETING = {'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private DisplayProbe() {}

    /** Whether the display of this name answers; names that are not X11's usual ones are taken to. */
    static boolean answers(String display) {
        Matcher name = NAME.matcher(display);
        return !name.matches() || answers(address(name.group("host"), Integer.parseInt(name.group("number"))));
    }

    static boolean answers(SocketAddress address) {
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
                Selector selector = Selector.open()) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            while (!connected) {
                if (!await(selector, end)) {
                    return false;
                }
                connected = channel.finishConnect();
            }
            key.interestOps(SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(GREETING));
            return await(selector, end) && channel.read(ByteBuffer.allocate(1)) > 0;
        } catch (IOException | RuntimeException dead) {
            return false;
        }
    }

    private static boolean await(Selector selector, long end) throws IOException {
        long left = (end - System.nanoTime()) / 1_000_000;
        boolean ready = left > 0 && selector.select(left) > 0;
        selector.selectedKeys().clear();
        return ready;
    }

    private static SocketAddress address(String host, int number) {
        return host.isEmpty() || host.equals("unix")
                ? UnixDomainSocketAddress.of("/tmp/.X11-unix/X" + number)
                : new InetSocketAddress(host, TCP_BASE + number);
    }
}
