package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrengthTest {
    @ParameterizedTest
    @CsvSource({
        "password1, 0",
        "P@ssw0rd!, 0",
        "welkom2026, 0",
        "qwertyuiop, 0",
        "12345678, 0",
        "aaaaaaaaaaaa, 0",
        "abcabcabcabc, 0",
        "correct horse, 1",
        "correct horse battery, 2",
        "correct horse battery staple, 3",
        "vier losse woorden en nog twee andere, 4",
        "xK9$vQ2!mT7#, 3",
    })
    void saysHowHardItIsToGuess(String typed, int level) {
        assertThat(Strength.level(typed.toCharArray()))
                .as(Strength.bits(typed.toCharArray()) + " bits")
                .isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password1", "P@ssw0rd", "welkom2026", "12345678", "qwerty123", "aaaaaaaaaaaaaaa", "Wachtwoord"})
    void whatEverybodyWouldTryIsRefused(String typed) {
        assertThat(SecretRules.problem(typed.toCharArray(), typed.toCharArray(), DialogSamples.texts(Locale.ENGLISH)))
                .contains("among the first");
    }

    @Test
    void longerIsNeverWeaker() {
        String typed = "Drie paarden, 7 fietsen en een zebra";
        double before = 0;
        for (int length = 1; length <= typed.length(); length += 6) {
            double now = Strength.bits(typed.substring(0, length).toCharArray());
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }
}
