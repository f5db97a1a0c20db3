package org.zegel.logsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogSearchTest {
    private static final byte[] SECRET = new byte[200];

    static {
        new Random(7).nextBytes(SECRET);
    }

    record Way(String name, Function<byte[], String> encoding) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way("as it is", bytes -> new String(bytes, StandardCharsets.ISO_8859_1)),
                new Way("hexadecimal", HexFormat.of()::formatHex),
                new Way("with colons", HexFormat.ofDelimiter(":")::formatHex),
                new Way("array", Arrays::toString),
                new Way("base64", Base64.getEncoder()::encodeToString),
                new Way("base64 in lines", Base64.getMimeEncoder()::encodeToString),
                new Way("base64url", Base64.getUrlEncoder()::encodeToString),
                new Way(
                        "base64 of what has it inside",
                        bytes -> Base64.getEncoder().encodeToString(around(bytes, 1))),
                new Way("the same further on", bytes -> Base64.getMimeEncoder().encodeToString(around(bytes, 2))));
    }

    private static byte[] around(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length + 5];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        return all;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void findsASecretHoweverItIsWritten(Way way) throws IOException {
        LogSearch search = new LogSearch();
        SecretPatterns.of("the secret", SECRET, search::add);
        search.search(stream("a".repeat((1 << 20) - 5) + way.encoding().apply(SECRET) + "b".repeat(50)));
        assertThat(search.found()).containsOnlyKeys("the secret");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void findsNothingWhereThereIsNothing(Way way) throws IOException {
        byte[] other = new byte[SECRET.length];
        new Random(8).nextBytes(other);
        LogSearch search = new LogSearch();
        SecretPatterns.of("the secret", SECRET, search::add);
        search.search(stream("a".repeat(1 << 20) + way.encoding().apply(other)));
        assertThat(search.found()).isEmpty();
        assertThat(search.bytes()).isGreaterThan(1 << 20);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
