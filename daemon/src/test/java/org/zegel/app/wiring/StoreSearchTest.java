package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.app.config.Settings;

class StoreSearchTest {
    private static final Settings.Stores USUAL = Settings.defaults().stores();

    @Test
    void allAreLookedForUnlessTheConfigurationSaysOtherwise() {
        assertThat(StoreSearch.of(USUAL, Map.of())).isEqualTo(new StoreSearch(true, true, true));
        assertThat(StoreSearch.of(Settings.defaults().withoutStoreSearch().stores(), Map.of()))
                .isEqualTo(new StoreSearch(false, false, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", " False "})
    void theEnvironmentCanSwitchItOff(String word) {
        assertThat(StoreSearch.of(USUAL, Map.of(StoreSearch.VARIABLE, word)))
                .isEqualTo(new StoreSearch(false, false, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "", "no such word"})
    void theEnvironmentSwitchesNothingOn(String word) {
        Map<String, String> environment = Map.of(StoreSearch.VARIABLE, word);
        assertThat(StoreSearch.of(USUAL, environment)).isEqualTo(new StoreSearch(true, true, true));
        assertThat(StoreSearch.of(Settings.defaults().withoutStoreSearch().stores(), environment))
                .isEqualTo(new StoreSearch(false, false, false));
    }
}
