package org.zegel.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelTest {
    @Test
    void theEnvironmentNamesALevelOrNothing() {
        assertThat(LogLevel.of(Map.of("ZEGEL_LOG", " Trace"))).contains(LogLevel.TRACE);
        assertThat(LogLevel.of(Map.of("ZEGEL_LOG", "debug"))).contains(LogLevel.DEBUG);
        assertThat(LogLevel.of(Map.of("ZEGEL_LOG", "everything"))).isEmpty();
        assertThat(LogLevel.of(Map.of())).isEmpty();
    }
}
