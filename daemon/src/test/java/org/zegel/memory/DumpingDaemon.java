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
import org.zegel.app.Main;

/**
 * The daemon as {@code zegel daemon} runs it, which also writes a dump of its live objects into each file that it is named
 * on its standard input: from inside, because nothing outside may look into its memory.
 */
final class DumpingDaemon {
    /** In every dump, so that a search that finds nothing is known to search. */
    static final byte[] CONTROL = "the-control-that-must-be-found".getBytes(StandardCharsets.US_ASCII);

    static final char[] CONTROL_CHARACTERS = "the-characters-that-must-be-found".toCharArray();

    private DumpingDaemon() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(DumpingDaemon::obey);
        Main.main(new String[] {"daemon"});
    }

    private static void obey() {
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            StringBuilder name = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    name.append((char) next);
                    continue;
                }
                dump(Path.of(name.toString()));
                name.setLength(0);
                out.write('.');
                out.flush();
            }
        } catch (IOException gone) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void dump(Path file) throws IOException {
        Files.deleteIfExists(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }
}
