package org.zegel.smime.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferEncodingTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 57, 58, 14_591, 14_592, 14_593, 16_384, 100_003})
    void bothEncodingsGiveBackEveryLengthInOddPieces(int length) throws Exception {
        Random random = new Random(length);
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) " \t\r\n=.FromAB\u00e9\0".charAt(random.nextInt(14));
        }
        ByteArrayOutputStream base64 = new ByteArrayOutputStream();
        try (OutputStream encoder = new Base64Lines(base64)) {
            write(data, encoder, random);
        }
        assertThat(Base64.getMimeDecoder().decode(base64.toByteArray())).isEqualTo(data);
        assertThat(decode(TransferEncoding.BASE64, base64.toByteArray(), random))
                .isEqualTo(data);
        ByteArrayOutputStream printable = new ByteArrayOutputStream();
        try (OutputStream encoder = new QuotedPrintableLines(printable)) {
            write(data, encoder, random);
        }
        assertThat(decode(TransferEncoding.QUOTED_PRINTABLE, printable.toByteArray(), random))
                .isEqualTo(data);
        assertThat(printable.toString(ISO_8859_1).lines())
                .allMatch(line -> line.length() <= 76 && !line.startsWith("From ") && !line.endsWith(" "));
    }

    @Test
    void canonicalLineEndsDoNotDependOnPieces() throws Exception {
        String text = "a\nb\r\nc\rd\r\r\n\n\n".repeat(5000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream lines = new CanonicalLineEnds(out)) {
            write(text.getBytes(ISO_8859_1), lines, new Random(1));
        }
        assertThat(out.toString(ISO_8859_1)).isEqualTo(text.replaceAll("(?<!\r)\n", "\r\n"));
    }

    @Test
    void surveysAcrossPieces() {
        BodySurvey survey = new BodySurvey();
        for (byte b : "x\r\nFrom y\r\n".getBytes(ISO_8859_1)) {
            survey.write(b);
        }
        assertThat(survey.fromLine()).isTrue();
        assertThat(survey.bareReturn() || survey.bareLineFeed() || survey.eightBit() || survey.nul())
                .isFalse();
        BodySurvey lines = new BodySurvey();
        lines.write(("y".repeat(998) + "\r\n" + "z".repeat(998)).getBytes(ISO_8859_1), 0, 1998);
        assertThat(lines.unsafe()).isFalse();
        lines.write('z');
        assertThat(lines.longLine()).isTrue();
    }

    @Test
    void skipsJunkInBase64AndEndsAtPadding() throws Exception {
        byte[] encoded = "aGV!s\r\nb G8=\r\nignored".getBytes(ISO_8859_1);
        assertThat(decode(TransferEncoding.BASE64, encoded, new Random(1)))
                .asString(ISO_8859_1)
                .isEqualTo("hello");
    }

    @Test
    void readsQuotedPrintableAsRealSendersWriteIt() throws Exception {
        byte[] encoded = "a=\nb= \r\nc=zz =3d  \r\nlast =".getBytes(ISO_8859_1);
        assertThat(decode(TransferEncoding.QUOTED_PRINTABLE, encoded, new Random(1)))
                .asString(ISO_8859_1)
                .isEqualTo("abc=zz =\r\nlast ");
    }

    private static void write(byte[] data, OutputStream out, Random random) throws IOException {
        for (int at = 0; at < data.length; ) {
            int step = Math.min(data.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 20_000));
            out.write(data, at, step);
            at += step;
        }
    }

    private static byte[] decode(TransferEncoding encoding, byte[] encoded, Random random) throws IOException {
        InputStream dripping = new ByteArrayInputStream(encoded) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 3 : 9000)));
            }
        };
        try (InputStream in = encoding.decode(dripping)) {
            return in.readAllBytes();
        }
    }
}
