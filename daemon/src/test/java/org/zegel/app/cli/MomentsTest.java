package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456789Z"), ZoneId.of("Europe/Amsterdam"));

    @ParameterizedTest
    @CsvSource({
        "12h, 2026-03-02T00:00:00Z",
        "30d, 2026-03-31T12:00:00Z",
        "2026-12-31, 2026-12-31T23:00:00Z",
        "2026-12-31T12:00:00Z, 2026-12-31T12:00:00Z"
    })
    void spansDaysAndMomentsAreUnderstood(String text, Instant moment) throws CommandError {
        assertThat(Moments.parse("--expires", text, CLOCK)).isEqualTo(moment);
    }

    @Test
    void neverIsNoMoment() throws CommandError {
        assertThat(Moments.parse("--expires", "never", CLOCK)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0d", "12", "100000h", "-1d", "tomorrow", "2026-13-01", "+999999999-12-31", "12:00T"})
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Moments.parse("--expires", text, CLOCK))
                .isInstanceOf(CommandError.class)
                .hasMessageContaining("--expires");
    }
}
