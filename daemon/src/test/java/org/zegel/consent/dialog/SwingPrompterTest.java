package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link SwingScenarios} in a JVM of its own under a virtual display. */
@Timeout(180)
class SwingPrompterTest {
    @TempDir
    Path folder;

    @Test
    void theWindowsBehave() throws Exception {
        try (VirtualDisplay display = VirtualDisplay.start(folder, "1024x768x24")) {
            assertThat(display.run(SwingScenarios.class, List.of())).contains("11 scenarios passed");
        }
    }
}
