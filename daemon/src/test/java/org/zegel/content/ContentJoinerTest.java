package org.zegel.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents put together of others without copying them. */
class ContentJoinerTest {
    private static final int LARGE = 5 * ChunkCipher.CHUNK + 17;

    @TempDir
    Path folder;

    private EncryptedSpool spool;
    private final Random random = new Random(3);

    @BeforeEach
    void open() throws IOException {
        spool = new EncryptedSpool(folder.resolve("spool"), ContentLimits.DEFAULT);
    }

    @Test
    void comesOutAsItWasPutTogetherFromEveryOffset() throws Exception {
        try (Workspace workspace = spool.open()) {
            byte[] bytes = random(LARGE);
            Content joined = joined(workspace, content(workspace, bytes));
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.write(ascii("head"));
            expected.write(bytes, 10, LARGE - 20);
            expected.write(ascii("middle"));
            expected.write(bytes, 3, 2);
            byte[] all = expected.toByteArray();
            assertThat(joined.size()).isEqualTo(all.length);
            try (InputStream in = joined.open()) {
                assertThat(in.readAllBytes()).isEqualTo(all);
                assertThat(in.read()).isEqualTo(-1);
            }
            for (int offset : new int[] {
                0, 1, 3, 4, 5, ChunkCipher.CHUNK, LARGE - 17, LARGE - 16, all.length - 8, all.length - 2, all.length
            }) {
                try (InputStream in = joined.open()) {
                    in.skipNBytes(offset);
                    assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, offset, all.length));
                }
            }
        }
    }

    @Test
    void outlivesWhatItIsMadeOfAndFreesTheDiskAtTheEnd() throws Exception {
        Content joined;
        byte[] bytes = random(LARGE);
        try (Workspace first = spool.open()) {
            Content body = content(first, bytes);
            joined = first.keep(joined(first, body));
            body.close();
            assertThatThrownBy(body::open).isInstanceOf(IOException.class);
        }
        assertThat(spool.used()).isPositive();
        try (InputStream in = joined.open()) {
            assertThat(in.readAllBytes()).hasSize((int) joined.size());
        }
        Content again = joined.share();
        joined.close();
        joined.close();
        try (InputStream in = again.open()) {
            assertThat(in.readNBytes(5)).startsWith(ascii("head"));
        }
        again.close();
        assertThat(spool.used()).isZero();
        assertThatThrownBy(again::open).isInstanceOf(IOException.class);
    }

    @Test
    void goesWithItsWorkspace() throws Exception {
        Content joined;
        try (Workspace workspace = spool.open()) {
            joined = joined(workspace, content(workspace, random(LARGE)));
        }
        assertThat(spool.used()).isZero();
        assertThatThrownBy(joined::open).isInstanceOf(IOException.class);
    }

    @Test
    void keepsNoMoreInMemoryThanItMay() throws Exception {
        try (Workspace workspace = spool.open();
                ContentJoiner joiner = workspace.join(Content.of(new byte[1]))) {
            byte[] most = new byte[ContentJoiner.MAX_WRITTEN];
            joiner.write(most, 0, most.length);
            assertThatThrownBy(() -> joiner.write(1)).isInstanceOf(ContentLimitException.class);
            joiner.range(0, 1);
            assertThat(joiner.finish().size()).isEqualTo(most.length + 1L);
        }
    }

    private static Content joined(Workspace workspace, Content body) throws IOException {
        try (ContentJoiner joiner = workspace.join(body)) {
            joiner.write(ascii("he"));
            joiner.write(ascii("ad"));
            joiner.range(10, body.size() - 10);
            joiner.range(7, 7);
            joiner.write(ascii("middle"));
            joiner.range(3, 5);
            return joiner.finish();
        }
    }

    private static Content content(Workspace workspace, byte[] bytes) throws IOException {
        try (ContentWriter writer = workspace.writer()) {
            writer.write(bytes);
            return writer.finish();
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
