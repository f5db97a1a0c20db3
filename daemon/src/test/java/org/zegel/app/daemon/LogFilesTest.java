package org.zegel.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

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
}
