package org.zegel.consent.dialog.pinentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.model.Secret;

class AssuanLineTest {
    @Test
    void aTextCannotBeASecondCommand() {
        assertThat(AssuanLine.escaped("a\r\nGETPIN 100% \u0000\u001b\u00e9\uD83D\uDD12"))
                .isEqualTo("a%0D%0AGETPIN 100%25 %00%1B\u00e9\uD83D\uDD12")
                .doesNotContain("\n", "\r");
    }

    @ParameterizedTest
    @CsvSource({
        "D 1234,1234",
        "D a%25b%0Ac%0D,a%b|c^",
        "D %C3%A9%c3%a9,\u00e9\u00e9",
        "D 100%,100%",
        "D 5%2,5%2",
        "D %zz,%zz",
        "'D  two  blanks ',' two  blanks '",
        "D,''",
        "'D ',''"
    })
    void aSecretIsUnescaped(String line, String secret) throws IOException {
        try (AssuanLine read = line(line);
                Secret found = read.secret()) {
            assertThat(read.is("D")).isTrue();
            assertThat(new String(found.characters()))
                    .isEqualTo(secret.replace('|', '\n').replace('^', '\r'));
        }
    }

    @Test
    void wordsAreWhole() throws IOException {
        assertThat(line("OKAY").is("OK")).isFalse();
        assertThat(line("O").is("OK")).isFalse();
        assertThat(line("OK Pleased").is("OK")).isTrue();
        assertThat(line("ERR 83886179 Operation cancelled <Pinentry>").number()).isEqualTo(83_886_179);
        assertThat(line("ERR").number()).isZero();
        assertThat(line("ERR 99999999999999999999999").number()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "83886179,CANCELLED",
        "99,CANCELLED",
        "83886278,CANCELLED",
        "83886194,NOT_CONFIRMED",
        "83886142,TIMED_OUT",
        "83918929,UNUSABLE",
        "0,UNUSABLE"
    })
    void errorsAreTold(long code, PinentryException.Reason reason) {
        assertThat(PinentryException.ofCode(code).reason()).isEqualTo(reason);
    }

    @Test
    void aLineIsTakenAtItsLimitAndNotOnePast() throws IOException {
        String longest = "D " + "x".repeat(AssuanLine.MAX - 2);
        try (Secret secret = line(longest).secret()) {
            assertThat(secret.length()).isEqualTo(AssuanLine.MAX - 2);
        }
        assertThatThrownBy(() -> line(longest + "x"))
                .isInstanceOfSatisfying(
                        PinentryException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(PinentryException.Reason.UNUSABLE));
    }

    /** The stream below buffers what it is asked for in small pieces, and would keep it. */
    @Test
    void readsPastTheBufferOfTheStreamBelow() throws IOException {
        byte[] sent = "D secret\nOK\n".getBytes(StandardCharsets.US_ASCII);
        int[] smallest = {Integer.MAX_VALUE};
        InputStream below = new ByteArrayInputStream(sent) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                smallest[0] = Math.min(smallest[0], length);
                return super.read(bytes, offset, length);
            }

            @Override
            public synchronized int read() {
                throw new AssertionError("one octet at a time is buffered");
            }
        };
        try (AssuanReader reader = new AssuanReader(below, () -> false)) {
            reader.line().secret().close();
            assertThat(reader.line().is("OK")).isTrue();
        }
        assertThat(smallest[0]).isGreaterThanOrEqualTo(8192);
    }

    private static AssuanLine line(String line) throws IOException {
        byte[] sent = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (AssuanReader reader = new AssuanReader(new ByteArrayInputStream(sent), () -> false)) {
            return reader.line();
        }
    }
}
