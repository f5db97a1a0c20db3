package org.zegel.app.caller;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process as Linux describes it in {@code /proc}.
 *
 * @param started ticks since the machine's start; with the number it names one process
 * @param user its effective user
 * @param program path of its executable file, which may have been replaced since
 * @param arguments what it was started with, the program's name first; the process itself can change them
 */
record RunningProgram(long pid, String started, long parent, long user, Path program, List<String> arguments) {
    /** Longest command line that is read, in bytes. */
    static final int MAX_ARGUMENTS = 256 << 10;

    private static final Path PROCESSES = Path.of("/proc");
    private static final String REPLACED = " (deleted)";

    /** Where the parent and the start are among the fields of {@code stat} behind the name. */
    private static final int PARENT = 1;

    private static final int STARTED = 19;

    RunningProgram {
        arguments = List.copyOf(arguments);
    }

    /** Empty where there is none of this number, it ended meanwhile, or may not be looked at. */
    static Optional<RunningProgram> of(long pid) {
        Path folder = PROCESSES.resolve(Long.toString(pid));
        try {
            List<String> before = stat(folder);
            RunningProgram found = new RunningProgram(
                    pid,
                    before.get(STARTED),
                    Long.parseLong(before.get(PARENT)),
                    ((Number) Files.getAttribute(folder, "unix:uid")).longValue(),
                    program(folder),
                    arguments(folder));
            return found.started.equals(stat(folder).get(STARTED)) ? Optional.of(found) : Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return Optional.empty();
        }
    }

    /** The very file that runs, also where its path names another one by now. */
    Path file() {
        return PROCESSES.resolve(Long.toString(pid)).resolve("exe");
    }

    /** Whether this process still runs, with the same parent. */
    boolean isStillThere() {
        try {
            List<String> now = stat(PROCESSES.resolve(Long.toString(pid)));
            return now.get(STARTED).equals(started) && now.get(PARENT).equals(Long.toString(parent));
        } catch (IOException gone) {
            return false;
        }
    }

    /** The fields behind the program's name, which is in parentheses and may hold any character. */
    private static List<String> stat(Path folder) throws IOException {
        String line = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
        List<String> fields =
                List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" "));
        if (fields.size() <= STARTED) {
            throw new IOException("not what Linux writes");
        }
        return fields;
    }

    private static Path program(Path folder) throws IOException {
        String path = Files.readSymbolicLink(folder.resolve("exe")).toString();
        return Path.of(path.endsWith(REPLACED) ? path.substring(0, path.length() - REPLACED.length()) : path);
    }

    private static List<String> arguments(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("cmdline"))) {
            byte[] line = in.readNBytes(MAX_ARGUMENTS + 1);
            if (line.length > MAX_ARGUMENTS) {
                return List.of();
            }
            List<String> arguments = List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
            // Each ends with a zero byte, the last one too.
            return arguments.subList(0, arguments.size() - 1);
        }
    }
}
