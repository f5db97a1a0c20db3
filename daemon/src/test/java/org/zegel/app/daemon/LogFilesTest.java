package org.zegel.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zegel.app.config.LogLevel;

class LogFilesTest {
    private static final String FORGED = "odd\n2026-01-01T12:00:00Z INFO org.zegel: all is well\u001b[2J";

    @Test
    void neitherAMessageNorAnExceptionForgesALine() {
        LogRecord entry = new LogRecord(Level.WARNING, FORGED);
        entry.setThrown(new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)));
        List<String> lines = new LogFiles.OneLine().format(entry).lines().toList();
        assertThat(lines.getFirst()).contains("WARNING").contains("all is well");
        assertThat(lines.stream().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(lines).anyMatch(line -> line.contains("Caused by")).noneMatch(line -> line.contains("\u001b"));
    }

    /** AWT logs each key that is pressed: a passphrase, letter by letter, which no search for the whole would find. */
    @Test
    void noLevelLogsTheKeysThatArePressedNorTheBytesOfConnections() {
        Level before = Logger.getLogger("").getLevel();
        try {
            LogFiles.setLevel(LogLevel.TRACE);
            assertThat(Logger.getLogger("org.zegel").isLoggable(Level.FINEST)).isTrue();
            assertThat(Stream.of(
                                    "sun.awt.X11.kye.XWindow",
                                    "sun.awt.X11.event.XBaseWindow",
                                    "java.awt.event.Component",
                                    "javax.swing.text",
                                    "org.eclipse.jetty.http.HttpParser")
                            .map(Logger::getLogger))
                    .noneMatch(logger -> logger.isLoggable(Level.INFO))
                    .allMatch(logger -> logger.isLoggable(Level.WARNING));
        } finally {
            LogFiles.setLevel(LogLevel.INFO);
            Logger.getLogger("").setLevel(before);
        }
    }
}
