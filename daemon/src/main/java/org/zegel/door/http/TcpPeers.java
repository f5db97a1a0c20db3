package org.zegel.door.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the other end of a loopback connection is: Linux lists every TCP socket with its user in {@code /proc/net}.
 * Elsewhere the system does not tell, and every peer passes.
 */
final class TcpPeers {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPeers.class);
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int USER = 7;

    private final Path tables;
    private final int own;

    private TcpPeers(Path tables, int own) {
        this.tables = tables;
        this.own = own;
    }

    /** For this machine and this process's user. */
    static TcpPeers ofThisMachine() {
        Path self = Path.of("/proc/self");
        try {
            return new TcpPeers(Path.of("/proc/net"), (Integer) Files.getAttribute(self, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notLinux) {
            LOG.info("this system does not tell whose a TCP connection is");
            return new TcpPeers(Path.of("/nonexistent"), -1);
        }
    }

    /** For tables in another folder. */
    static TcpPeers of(Path tables, int own) {
        return new TcpPeers(tables, own);
    }

    /** Whether the socket at {@code peer} that is connected to {@code local} is this user's. */
    boolean isOwn(InetAddress peer, int peerPort, InetAddress local, int localPort) {
        Path four = tables.resolve("tcp");
        Path six = tables.resolve("tcp6");
        if (own < 0 || (!Files.isReadable(four) && !Files.isReadable(six))) {
            return true;
        }
        return isIn(four, hex(peer, false), peerPort, hex(local, false), localPort)
                || isIn(six, hex(peer, true), peerPort, hex(local, true), localPort);
    }

    private boolean isIn(Path table, String peer, int peerPort, String local, int localPort) {
        String from = peer + ":" + port(peerPort);
        String to = local + ":" + port(localPort);
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(from)) {
                    String[] fields = line.strip().split("\\s+", USER + 2);
                    if (fields.length > USER
                            && fields[LOCAL].equals(from)
                            && fields[REMOTE].equals(to)
                            && fields[USER].equals(Integer.toString(own))) {
                        return true;
                    }
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("no table of TCP sockets", unreadable);
        }
        return false;
    }

    private static String port(int port) {
        return String.format(Locale.ROOT, "%04X", port);
    }

    /** As the kernel prints it: 32-bit words in the machine's byte order; IPv4 as an IPv4-mapped address in tcp6. */
    private static String hex(InetAddress address, boolean six) {
        byte[] bytes = address.getAddress();
        if (six && address instanceof Inet4Address) {
            bytes = ByteBuffer.allocate(16)
                    .putLong(0)
                    .putInt(0x0000ffff)
                    .put(bytes)
                    .array();
        }
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
        }
        return text.toString();
    }
}
