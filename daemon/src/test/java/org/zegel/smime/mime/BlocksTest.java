package org.zegel.smime.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The work over blocks comes out as work byte by byte does, wherever the input is split. */
class BlocksTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Texts with everything that may stand in an encoded body. */
    static Stream<String> encoded() {
        Random random = new Random(7);
        String lines = Base64.getMimeEncoder().encodeToString(bytes(random, 400));
        return Stream.of(
                "",
                "=",
                "A",
                "AB",
                "AB==",
                "ABC=\r\nDEFG",
                "ABCD\r\n",
                lines,
                lines.replace("\r\n", "\n"),
                lines.replace("\r\n", "\r"),
                lines.replace("\r\n", " \r\n\t"),
                lines.replaceFirst("\r\n", "*\r\n"),
                lines.replaceFirst("\r\n", "\0\r\n\r\n"),
                lines.replaceFirst("\r\n", "é\r\n"),
                lines + lines,
                Base64.getMimeEncoder(4, new byte[] {'\r', '\n'}).encodeToString(bytes(random, 100)),
                Base64.getMimeEncoder(1024, new byte[] {'\n'}).encodeToString(bytes(random, 2_000)));
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void base64IsDecodedAlikeWhereverItIsSplit(String text) throws Exception {
        byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] expected = slowly(raw);
        for (int split = 0; split <= raw.length; split++) {
            assertThat(decoded(raw, split)).as("split at %d", split).isEqualTo(expected);
        }
        assertThat(decoded(raw, 1, 2, 3, 5, 7, 11, 13, 17)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void base64IsDecodedAlikeInLargeBodies(String text) throws Exception {
        String large = text.replace("=", "").repeat(60_000 / (text.length() + 1) + 1);
        byte[] raw = large.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(decoded(raw)).isEqualTo(slowly(raw));
    }

    /** Bodies with line ends of all kinds, NULs, bytes above 127, and lines that begin like an mbox separator. */
    static Stream<byte[]> bodies() {
        Random random = new Random(11);
        return Stream.concat(
                Stream.of(
                                "",
                                "\r",
                                "\n",
                                "\r\n",
                                "a\rb",
                                "a\nb",
                                "From x\r\n",
                                "x\r\nFrom y",
                                ">From z\r\nFro",
                                "\0",
                                "é")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)),
                Stream.generate(() -> noise(random)).limit(40));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesAreSurveyedAlikeWhereverTheyAreSplit(byte[] body) {
        String expected = surveyedSlowly(body);
        for (int split = 0; split <= body.length; split++) {
            BodySurvey survey = new BodySurvey();
            survey.write(body, 0, split);
            survey.write(body, split, body.length - split);
            assertThat(words(survey)).as("split at %d", split).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void lineEndsBecomeCanonicalAlikeWhereverTheyAreSplit(byte[] body) throws Exception {
        byte[] expected = new String(body, StandardCharsets.ISO_8859_1)
                .replaceAll("(?<!\r)\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int split = 0; split <= body.length; split++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (CanonicalLineEnds lines = new CanonicalLineEnds(out)) {
                lines.write(body, 0, split);
                lines.write(body, split, body.length - split);
            }
            assertThat(out.toByteArray()).as("split at %d", split).isEqualTo(expected);
        }
    }

    private static byte[] noise(Random random) {
        String some = "a\r\n\0éFrom \r\n\nb";
        byte[] body = new byte[random.nextInt(60)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) some.charAt(random.nextInt(some.length()));
        }
        return body;
    }

    private static String words(BodySurvey survey) {
        return survey.eightBit() + " " + survey.nul() + " " + survey.bareReturn() + " " + survey.bareLineFeed() + " "
                + survey.fromLine() + " " + survey.longLine();
    }

    private static String surveyedSlowly(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        boolean from = Stream.of(text.split("\n", -1)).anyMatch(line -> line.startsWith("From "));
        return text.chars().anyMatch(c -> c > 127) + " " + text.contains("\0") + " "
                + text.replace("\r\n", "").contains("\r") + " "
                + text.replace("\r\n", "").contains("\n") + " " + from
                + " false";
    }

    private static byte[] slowly(byte[] raw) {
        StringBuilder digits = new StringBuilder();
        for (byte each : raw) {
            if (each == '=') {
                break;
            }
            if (each > 0 && ALPHABET.indexOf(each) >= 0) {
                digits.append((char) each);
            }
        }
        digits.setLength(digits.length() - (digits.length() % 4 == 1 ? 1 : 0));
        return Base64.getDecoder().decode(digits.toString());
    }

    private static byte[] decoded(byte[] raw, int... steps) throws IOException {
        try (InputStream in = new Base64Decoder(new Steps(raw, steps))) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Gives so many bytes at each read, then all that is left. */
    private static final class Steps extends InputStream {
        private final ByteArrayInputStream in;
        private final int[] steps;
        private int step;

        Steps(byte[] bytes, int... steps) {
            this.in = new ByteArrayInputStream(bytes);
            this.steps = Arrays.stream(steps).filter(each -> each > 0).toArray();
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int most = step < steps.length ? steps[step++] : length;
            return in.read(bytes, offset, Math.min(length, most));
        }
    }
}
