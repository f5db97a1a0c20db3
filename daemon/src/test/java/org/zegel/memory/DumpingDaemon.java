package org.zegel.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zegel.app.Main;
import org.zegel.app.daemon.RuntimeFiles;

/**
 * The daemon as {@code zegel daemon} runs it, which also does what it is told on its standard input, a line each, and
 * says a dot when it is done: {@code dump FILE} of its live objects, from inside, because nothing outside may look into
 * its memory; {@code click NAME}, {@code type FIELD TEXT}, {@code paste FIELD} and
 * {@code enter} in the window that is there; {@code linger} for its end: it then
 * says an exclamation mark when all is closed and ends when told {@code end}.
 */
final class DumpingDaemon {
    /** In every dump, so that a search that finds nothing is known to search. */
    static final byte[] CONTROL = "the-control-that-must-be-found".getBytes(StandardCharsets.US_ASCII);

    static final char[] CONTROL_CHARACTERS = "the-characters-that-must-be-found".toCharArray();

    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private DumpingDaemon() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(DumpingDaemon::obey);
        Main.main(new String[] {"daemon"});
    }

    private static void obey() {
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (String command = word(in); !command.isEmpty(); command = word(in)) {
                switch (command) {
                    case "dump" -> dump(Path.of(word(in)));
                    case "click" -> WindowPerson.click(word(in));
                    // Character by character: what is typed may stand nowhere in this process as a whole.
                    case "type" -> WindowPerson.type(word(in), in);
                    case "paste" -> WindowPerson.paste(word(in));
                    case "enter" -> WindowPerson.enter();
                    case "linger" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> linger(out)));
                    case "end" -> ENDED.countDown();
                    default -> throw new IOException(command);
                }
                say(out, '.');
            }
        } catch (Exception gone) {
            gone.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static String word(InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int next = in.read(); next > ' '; next = in.read()) {
            word.append((char) next);
        }
        return word.toString();
    }

    /** The runtime files go last of all. */
    private static void linger(OutputStream out) {
        Path socket = RuntimeFiles.of(Path.of(System.getenv("ZEGEL_HOME"))).socket();
        try {
            for (int i = 0; i < 2000 && Files.exists(socket); i++) {
                Thread.sleep(10);
            }
            say(out, Files.exists(socket) ? '?' : '!');
            ENDED.await(60, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException gone) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void say(OutputStream out, char what) throws IOException {
        synchronized (ENDED) {
            out.write(what);
            out.flush();
        }
    }

    private static void dump(Path file) throws IOException {
        Files.deleteIfExists(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }
}
