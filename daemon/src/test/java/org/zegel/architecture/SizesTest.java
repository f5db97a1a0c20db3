package org.zegel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 60;

    private static final SourceFiles SOURCES = SourceFiles.under(Path.of("src/main/java"));

    @Test
    void looksAtTheSources() {
        assertThat(SOURCES.files()).hasSizeGreaterThan(10);
        assertThat(SOURCES.methods()).anyMatch(method -> method.lines() > 2);
    }

    @Test
    void filesStayReadable() {
        assertThat(SOURCES.files().stream().filter(file -> file.lines() > LONGEST_FILE))
                .isEmpty();
    }

    @Test
    void methodsStayReadable() {
        assertThat(SOURCES.methods().stream().filter(method -> method.lines() > LONGEST_METHOD))
                .isEmpty();
    }

    @Test
    void theOperatingSystemIsAskedForInOnePlace() {
        assertThat(SOURCES.osNames()).hasSizeLessThanOrEqualTo(1);
    }
}
