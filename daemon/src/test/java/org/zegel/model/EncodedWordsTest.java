package org.zegel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncodedWordsTest {
    @Test
    void wordsAreDecodedUpToTheLimitAndNoFurther() {
        String word = "=?utf-8?q?=41?= ";

        assertThat(EncodedWords.decode(word.repeat(EncodedWords.MAX_WORDS)).strip())
                .isEqualTo("A".repeat(EncodedWords.MAX_WORDS));
        assertThat(EncodedWords.decode(word.repeat(EncodedWords.MAX_WORDS + 1)).strip())
                .isEqualTo("A".repeat(EncodedWords.MAX_WORDS) + " =?utf-8?q?=41?=");
    }

    @Test
    void aWordIsDecodedUpToItsGreatestLengthAndNoFurther() {
        String longest = "a".repeat(EncodedWords.MAX_WORD - 2);

        assertThat(EncodedWords.decode("=?utf-8?q?" + longest + "?=")).isEqualTo(longest);
        assertThat(EncodedWords.decode("=?utf-8?q?a" + longest + "?=")).startsWith("=?utf-8?q?a");
    }

    @Test
    void whatIsNoWordStays() {
        for (String text :
                new String[] {"=?", "=?=", "=??", "=???", "=??q", "=?u?q", "=?u?q?", "=?u?q?x", "=?u?x?x?=", "?="}) {
            assertThat(EncodedWords.decode(text)).isEqualTo(text);
        }
    }
}
