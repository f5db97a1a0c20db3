package org.zegel.app.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.zegel.app.config.LogLevel;

/** The daemon's log: a few small files in a private directory, never a standard stream, never a message's contents. */
public final class LogFiles {
    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_VERBOSE_BYTES = 10_000_000;
    private static final int FILES = 3;

    // The system keeps a logger, and with it its level, only while somebody refers to it.

    /** Would log every byte that they carry, tokens and messages, and every key that is pressed: passphrases. */
    private static final List<Logger> SECRETS = Stream.of("org.eclipse.jetty", "java.awt", "sun.awt", "javax.swing")
            .map(Logger::getLogger)
            .toList();

    /** Say on every start what they are, and have nothing of a request. */
    private static final List<Logger> TALKATIVE = Stream.of(
                    "org.eclipse.jetty.util", "io.javalin", "org.freedesktop.dbus")
            .map(Logger::getLogger)
            .toList();

    private LogFiles() {}

    /** Sends all logging of this process to files in the directory, which is made where it is missing. */
    public static void open(Path directory, LogLevel level) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(directory);
        if (posix) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Handler handler = new FileHandler(
                directory.resolve("daemon.%g.log").toString(),
                level == LogLevel.INFO ? MAX_BYTES : MAX_VERBOSE_BYTES,
                FILES,
                true);
        handler.setFormatter(new OneLine());
        handler.setLevel(level.level());
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            root.removeHandler(other);
        }
        root.addHandler(handler);
        setLevel(level);
        if (posix) {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
        }
    }

    /** Logs at this level to where the process logs already, such as its standard error. */
    public static void toStandardError(LogLevel level) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new OneLine());
            handler.setLevel(level.level());
        }
        setLevel(level);
    }

    /** Of the whole process, but for libraries that would log secrets. */
    public static void setLevel(LogLevel level) {
        Logger.getLogger("").setLevel(level.level());
        SECRETS.forEach(logger -> logger.setLevel(Level.WARNING));
        TALKATIVE.forEach(logger -> logger.setLevel(level == LogLevel.INFO ? Level.WARNING : level.level()));
    }

    /**
     * Time, level, who, what; control characters in messages are replaced, and what follows of an exception is indented,
     * so that nobody forges a line.
     */
    static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            StringBuilder line = new StringBuilder()
                    .append(entry.getInstant())
                    .append(' ')
                    .append(entry.getLevel())
                    .append(' ')
                    .append(entry.getLoggerName())
                    .append(": ")
                    .append(formatMessage(entry).replaceAll("\\p{Cntrl}", "?"))
                    .append('\n');
            if (entry.getThrown() != null) {
                StringWriter trace = new StringWriter();
                entry.getThrown().printStackTrace(new PrintWriter(trace));
                trace.toString()
                        .lines()
                        .forEach(each -> line.append('\t')
                                .append(each.strip().replaceAll("\\p{Cntrl}", "?"))
                                .append('\n'));
            }
            return line.toString();
        }
    }
}
