package org.zegel.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Answers questions about its own process, from inside: from outside nobody may look. A line is a command of the JVM's
 * and its arguments; the answer ends in an empty line.
 */
final class Inspector implements Runnable {
    /** Asks what the process has open, one target a line. */
    static final String OPEN_FILES = "openFiles";

    private final InputStream in;
    private final PrintStream out;

    Inspector(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void run() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(answer(line.split(" ")));
                out.println();
                out.flush();
            }
        } catch (IOException | JMException over) {
            out.println(over);
        }
    }

    private static String answer(String[] words) throws JMException, IOException {
        if (words[0].equals(OPEN_FILES)) {
            return openFiles();
        }
        Object said = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        words[0],
                        new Object[] {Arrays.copyOfRange(words, 1, words.length)},
                        new String[] {String[].class.getName()});
        return String.valueOf(said).replaceAll("\\n\\s*\\n", "\n").strip();
    }

    private static String openFiles() throws IOException {
        StringBuilder targets = new StringBuilder();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                try {
                    targets.append(Files.readSymbolicLink(each)).append('\n');
                } catch (NoSuchFileException closedMeanwhile) {
                    targets.append("closed\n");
                }
            }
        }
        return targets.toString().strip();
    }
}
