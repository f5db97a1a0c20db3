package org.zegel.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTamperTest {
    private static final int CHUNK = ChunkCipher.CHUNK;
    private static final int SLOT = SpoolProbe.SLOT;

    @TempDir
    Path home;

    private SpoolProbe probe;
    private byte[] onDisk;

    @BeforeEach
    void writeThreeAndAHalfChunks() throws IOException {
        EncryptedSpool spool = new EncryptedSpool(home.resolve("spool"), ContentLimits.DEFAULT);
        probe = SpoolProbe.write(home.resolve("probe"), spool, EncryptedSpoolTest.random(3 * CHUNK + CHUNK / 2));
        onDisk = Files.readAllBytes(probe.path());
        assertThat(probe.read()).hasSize(3 * CHUNK + CHUNK / 2);
    }

    @Test
    void findsAnyChangedByte() throws IOException {
        for (int at : new int[] {0, CHUNK - 1, CHUNK, SLOT - 1, SLOT, 2 * SLOT + 5, onDisk.length - 1}) {
            byte[] changed = onDisk.clone();
            changed[at] ^= 1;
            refuses(changed);
        }
    }

    @Test
    void findsSwappedChunks() throws IOException {
        byte[] swapped = onDisk.clone();
        System.arraycopy(onDisk, 0, swapped, SLOT, SLOT);
        System.arraycopy(onDisk, SLOT, swapped, 0, SLOT);
        refuses(swapped);
    }

    @Test
    void findsARepeatedChunk() throws IOException {
        byte[] repeated = onDisk.clone();
        System.arraycopy(onDisk, 0, repeated, SLOT, SLOT);
        refuses(repeated);
    }

    @Test
    void findsACutOffFile() throws IOException {
        for (int length : new int[] {0, SLOT, 2 * SLOT, 3 * SLOT, onDisk.length - 1}) {
            refuses(java.util.Arrays.copyOf(onDisk, length));
        }
    }

    @Test
    void aContentCutAtAChunkEndIsNotTakenForAWholeOne() {
        assertThatThrownBy(() -> probe.read(3L * CHUNK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesAChunkOfAnotherContent() throws IOException {
        EncryptedSpool spool = new EncryptedSpool(home.resolve("spool"), ContentLimits.DEFAULT);
        SpoolProbe other =
                SpoolProbe.write(home.resolve("other"), spool, EncryptedSpoolTest.random(3 * CHUNK + CHUNK / 2));
        other.key()[0] ^= 1;
        assertThatThrownBy(other::read).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    private void refuses(byte[] bytes) throws IOException {
        Files.write(probe.path(), bytes);
        assertThatThrownBy(probe::read)
                .isInstanceOf(IOException.class)
                .hasMessageMatching("The temporary copy of the message was (damaged|cut off)\\.");
    }
}
