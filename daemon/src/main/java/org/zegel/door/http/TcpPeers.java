package org.zegel.door.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the other end of a loopback connection is: Linux lists every TCP socket with its user in {@code /proc/net}.
 * Elsewhere the system does not tell, and every peer passes. On Linux a peer that is not listed does not. Connections
 * that come at the same time are looked up in one reading of the lists, which a flood makes long.
 */
final class TcpPeers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPeers.class);
    /** Between two readings: the lists are long in a flood, and more questions share the next one. */
    private static final long PAUSE_MILLIS = 10;

    /** The system makes a list in pieces: while connections come and go, one that is there may be missing from it. */
    private static final int READINGS = 3;

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int USER = 7;
    private static final int INODE = 9;
    private static final int FIELDS = 10;

    private record Question(InetSocketAddress peer, InetSocketAddress local, CompletableFuture<Long> answer) {}

    /** The socket is this user's, and nothing more is known of it. */
    static final long OWN = 0;

    /** The socket is another user's, or nobody's. */
    static final long FOREIGN = -1;

    private final Path tables;
    private final long own;
    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final Thread reader;

    private TcpPeers(Path tables, long own) {
        this.tables = tables;
        this.own = own;
        this.reader = Thread.ofVirtual().name("tcp-peers").start(this::answer);
    }

    /** For this machine and this process's user. */
    static TcpPeers ofThisMachine() {
        Path status = Path.of("/proc/self/status");
        try {
            // Not the owner of /proc/self: that is root's for a process that allows no core dump.
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("Uid:")) {
                    return new TcpPeers(Path.of("/proc/net"), Long.parseLong(line.split("\\s+")[2]));
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            LOG.debug("no {}", status, notLinux);
        }
        LOG.info("this system does not tell whose a TCP connection is");
        return new TcpPeers(Path.of("/nonexistent"), -1);
    }

    /** Whose connections pass; null where the system does not tell. */
    @Nullable
    Long user() {
        return own < 0 ? null : own;
    }

    /** For tables in another folder. */
    static TcpPeers of(Path tables, long own) {
        return new TcpPeers(tables, own);
    }

    /**
     * The inode of the socket at {@code peer} that is connected to {@code local}, if it is this user's; {@link #OWN} or
     * {@link #FOREIGN} otherwise.
     */
    CompletableFuture<Long> inode(InetSocketAddress peer, InetSocketAddress local) {
        if (own < 0) {
            return CompletableFuture.completedFuture(OWN);
        }
        Question question = new Question(peer, local, new CompletableFuture<>());
        questions.add(question);
        return question.answer();
    }

    private void answer() {
        try {
            while (true) {
                List<Question> together = new ArrayList<>(List.of(questions.take()));
                questions.drainTo(together);
                Map<String, Question> four = keyed(together, false);
                Map<String, Question> six = keyed(together, true);
                for (int reading = 0; reading < READINGS && !allAnswered(together); reading++) {
                    look(tables.resolve("tcp"), four);
                    look(tables.resolve("tcp6"), six);
                }
                together.forEach(question -> question.answer().complete(FOREIGN));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            questions.forEach(question -> question.answer().complete(FOREIGN));
        }
    }

    private static boolean allAnswered(List<Question> questions) {
        return questions.stream().allMatch(question -> question.answer().isDone());
    }

    private static Map<String, Question> keyed(List<Question> questions, boolean six) {
        Map<String, Question> keyed = new HashMap<>();
        for (Question question : questions) {
            keyed.put(hex(question.peer(), six) + ' ' + hex(question.local(), six), question);
        }
        return keyed;
    }

    private void look(Path table, Map<String, Question> wanted) {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.strip().split("\\s+", FIELDS + 1);
                if (fields.length >= FIELDS) {
                    Question question = wanted.get(fields[LOCAL] + ' ' + fields[REMOTE]);
                    if (question != null && isOwn(fields)) {
                        question.answer().complete(Long.parseLong(fields[INODE]));
                    }
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("no table of TCP sockets", unreadable);
        }
    }

    /** A socket that nobody holds any more is listed as root's, with the inode 0. */
    private boolean isOwn(String[] fields) {
        return fields[USER].equals(Long.toString(own)) && !fields[INODE].equals("0");
    }

    /** As the kernel prints it: 32-bit words in the machine's byte order; IPv4 as an IPv4-mapped address in tcp6. */
    private static String hex(InetSocketAddress socket, boolean six) {
        InetAddress address = socket.getAddress();
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
        return text + ":" + String.format(Locale.ROOT, "%04X", socket.getPort());
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
