package org.zegel.smime.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.content.Content;

class LineEndsTest {
    private static String written(LineEnds form, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.copy(Content.of(text.getBytes(StandardCharsets.ISO_8859_1)), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "a\\r\\nb, a\\nb",
        "a\\r\\r\\n, a\\r\\n",
        "\\r\\n\\r\\n, \\n\\n",
        "a\\r, a\\r",
        "\\r\\r, \\r\\r",
        "a\\nb\\rc, a\\nb\\rc",
        "'', ''"
    })
    void bareFormTakesTheReturnOfALineEndAway(String before, String after) throws IOException {
        assertThat(written(LineEnds.BARE, before.translateEscapes())).isEqualTo(after.translateEscapes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void blocksMayEndAnywhere(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("\r\nx".charAt(random.nextInt(3)));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BareLineEnds sink = new BareLineEnds(out)) {
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, random.nextInt(7));
                sink.write(bytes, at, count);
                at += count;
            }
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo(text.toString().replace("\r\n", "\n"));
    }

    @Test
    void canonicalFormOfTheBareFormIsTheCanonicalForm() throws IOException {
        String mixed = "one\r\ntwo\nthree\r\n\n";
        assertThat(written(LineEnds.CANONICAL, written(LineEnds.BARE, mixed)))
                .isEqualTo(written(LineEnds.CANONICAL, mixed));
        assertThat(written(LineEnds.AS_THEY_ARE, mixed)).isEqualTo(mixed);
    }
}
