package org.zegel.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.model.Failure;

class EncryptedSpoolTest {
    private static final int CHUNK = ChunkCipher.CHUNK;

    @TempDir
    Path home;

    private Path directory;
    private EncryptedSpool spool;

    @BeforeEach
    void openSpool() throws IOException {
        directory = home.resolve("spool");
        spool = new EncryptedSpool(directory, limits(1 << 20, 4 << 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 1_000_000})
    void givesBackWhatWasWritten(int size) throws IOException {
        byte[] bytes = random(size);
        try (Workspace workspace = spool.open()) {
            Content content = write(workspace, bytes);
            assertThat(content.size()).isEqualTo(size);
            try (InputStream first = content.open();
                    InputStream second = content.open()) {
                assertThat(first.readNBytes(size / 2)).hasSize(size / 2);
                assertThat(second.readAllBytes()).isEqualTo(bytes);
                assertThat(first.readAllBytes()).hasSize(size - size / 2);
                assertThat(first.read()).isEqualTo(-1);
            }
            assertThat(spool.used() == 0).as("small contents stay in memory").isEqualTo(size <= CHUNK);
        }
        assertThat(spool.used()).isZero();
    }

    @Test
    void skipsWithoutReading() throws IOException {
        byte[] bytes = random(5 * CHUNK + 123);
        try (Workspace workspace = spool.open();
                InputStream in = write(workspace, bytes).open()) {
            assertThat(in.skip(3L * CHUNK + 7)).isEqualTo(3L * CHUNK + 7);
            assertThat(in.read()).isEqualTo(bytes[3 * CHUNK + 7] & 0xff);
            assertThat(in.skip(-5)).isZero();
            assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(bytes.length - 3L * CHUNK - 8);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void leavesNoNameOnDiskAndKeepsThePermissionsTight() throws IOException {
        try (Workspace workspace = spool.open()) {
            Content content = write(workspace, random(3 * CHUNK));
            assertThat(directory).isEmptyDirectory();
            assertThat(content.open().readAllBytes()).hasSize(3 * CHUNK);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void removesWhatACrashLeft() throws IOException {
        Path stale = Files.writeString(directory.resolve("00.spool"), "left");
        Path other = Files.writeString(directory.resolve("notes.txt"), "not ours");
        new EncryptedSpool(directory, ContentLimits.DEFAULT);
        assertThat(stale).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void refusesOneByteOverTheLongestResult() throws IOException {
        try (Workspace workspace = spool.open();
                ContentWriter writer = workspace.writer()) {
            writer.write(new byte[2 << 20]);
            assertThat(writer.size()).isEqualTo(2 << 20);
            assertThatThrownBy(() -> writer.write(0)).isInstanceOf(ContentLimitException.class);
            assertThat(writer.finish().size()).isEqualTo(2 << 20);
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (SpoolFile file =
                new SpoolFile(FileChannel.open(full, StandardOpenOption.WRITE), random(ChunkCipher.KEY), spool)) {
            assertThatThrownBy(() -> file.write(0, new byte[100], 100))
                    .isInstanceOfSatisfying(
                            ContentLimitException.class,
                            thrown -> assertThat(thrown.toFailure())
                                    .hasMessageContaining("disk")
                                    .extracting(Failure::kind)
                                    .isEqualTo(Failure.Kind.QUOTA_EXCEEDED));
        }
    }

    @Test
    void saysThatTheFolderIsGone() throws IOException {
        Files.delete(directory);
        try (Workspace workspace = spool.open()) {
            ContentWriter writer = workspace.writer();
            assertThatThrownBy(() -> writer.write(random(2 * CHUNK))).isInstanceOf(ContentLimitException.class);
        }
        assertThat(spool.used()).isZero();
    }

    @Test
    void refusesWhatDoesNotFitOnDiskAndGivesTheRoomBack() throws IOException {
        int slot = CHUNK + ChunkCipher.TAG;
        EncryptedSpool two = new EncryptedSpool(directory, limits(1 << 20, 2L * slot));
        try (Workspace workspace = two.open()) {
            Content full = write(workspace, random(2 * CHUNK));
            assertThat(two.used()).isEqualTo(2L * slot);
            assertThatThrownBy(workspace::writer).isInstanceOf(ContentLimitException.class);
            full.close();
            ContentWriter writer = workspace.writer();
            writer.write(random(2 * CHUNK + 1));
            assertThatThrownBy(writer::finish).isInstanceOf(ContentLimitException.class);
            assertThat(two.used()).isZero();
        }
    }

    @Test
    void freesEverythingOfAWorkspaceButWhatIsKept() throws IOException {
        Content kept;
        Content dropped;
        try (Workspace workspace = spool.open()) {
            kept = workspace.keep(write(workspace, random(2 * CHUNK)));
            dropped = write(workspace, random(2 * CHUNK));
            workspace.writer().write(random(3 * CHUNK));
        }
        assertThatThrownBy(dropped::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThat(kept.open().readAllBytes()).hasSize(2 * CHUNK);
        assertThat(spool.used()).isPositive();
        kept.close();
        kept.close();
        assertThat(spool.used()).isZero();
    }

    @Test
    void closingWhileAnotherThreadReadsIsAClearError() throws Exception {
        try (Workspace workspace = spool.open()) {
            Content content = write(workspace, random(15 * CHUNK));
            CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    for (int round = 0; round < 100_000; round++) {
                        content.open().readAllBytes();
                    }
                    return new AssertionError("read on after close");
                } catch (Throwable thrown) {
                    return thrown;
                }
            });
            Thread.sleep(100);
            content.close();
            assertThat(reader.get()).isInstanceOf(IOException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void nothingReadableIsInTheFile() throws IOException {
        String line = "Dear colleague, this line must not be readable on disk.\r\n";
        byte[] bytes = line.repeat(4000).getBytes(US_ASCII);
        SpoolProbe probe = SpoolProbe.write(home.resolve("probe"), spool, bytes);
        String onDisk = new String(Files.readAllBytes(probe.path()), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(onDisk).doesNotContain("colleague").doesNotContain("readable");
        assertThat(probe.read()).isEqualTo(bytes);
    }

    private static Content write(Workspace workspace, byte[] bytes) throws IOException {
        try (ContentWriter writer = workspace.writer()) {
            // Odd pieces, so that chunk ends fall inside and between writes.
            for (int at = 0; at < bytes.length; at += 10_007) {
                writer.write(bytes, at, Math.min(10_007, bytes.length - at));
            }
            return writer.finish();
        }
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static ContentLimits limits(long maxContent, long disk) {
        return new ContentLimits(maxContent, disk, 4 << 20, 4, Duration.ofMinutes(10));
    }
}
