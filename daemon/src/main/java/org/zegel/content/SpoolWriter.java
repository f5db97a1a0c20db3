package org.zegel.content;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one chunk in memory; a content that is longer goes to the spool chunk by chunk. For use by one thread. */
final class SpoolWriter extends ContentWriter {
    private static final int FIRST_BUFFER = 4 * 1024;

    private final EncryptedSpool spool;
    private final Consumer<Content> finished;
    private byte[] plain = new byte[FIRST_BUFFER];
    private int filled;
    private long size;
    private long chunks;
    private @Nullable Spill spill;
    private boolean ended;

    /** The file behind a long content, with what is needed to write to it. */
    private record Spill(SpoolFile file, ChunkCipher cipher, byte[] sealed) {}

    SpoolWriter(EncryptedSpool spool, Consumer<Content> finished) {
        this.spool = spool;
        this.finished = finished;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (ended) {
            throw SpoolFile.closedContent();
        }
        if (length > spool.limits().maxResult() - size) {
            throw ContentLimitException.tooLarge(spool.limits().maxResult());
        }
        int done = 0;
        while (done < length) {
            if (filled == ChunkCipher.CHUNK) {
                flushChunk(false);
            }
            int count = Math.min(length - done, ChunkCipher.CHUNK - filled);
            ensureRoom(filled + count);
            System.arraycopy(bytes, offset + done, plain, filled, count);
            filled += count;
            done += count;
            size += count;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Content finish() throws IOException {
        if (ended) {
            throw SpoolFile.closedContent();
        }
        Content content;
        if (spill == null) {
            content = Content.of(Arrays.copyOf(plain, filled));
        } else {
            flushChunk(true);
            content = new SpoolContent(spill.file(), size);
        }
        ended = true;
        wipe();
        finished.accept(content);
        return content;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            wipe();
            if (spill != null) {
                spill.file().close();
            }
        }
    }

    private void flushChunk(boolean last) throws IOException {
        Spill target = spill;
        if (target == null) {
            SpoolFile file = spool.newFile();
            target = new Spill(file, file.cipher(), new byte[ChunkCipher.CHUNK + ChunkCipher.TAG]);
            spill = target;
        }
        int length = target.cipher().encrypt(chunks, last, plain, filled, target.sealed());
        try {
            target.file().write(chunks, target.sealed(), length);
        } catch (IOException failed) {
            // A second try would use the chunk's nonce again.
            close();
            throw failed;
        }
        chunks++;
        filled = 0;
    }

    private void ensureRoom(int needed) {
        if (needed > plain.length) {
            byte[] larger = Arrays.copyOf(plain, Math.min(ChunkCipher.CHUNK, Math.max(needed, 2 * plain.length)));
            Arrays.fill(plain, (byte) 0);
            plain = larger;
        }
    }

    private void wipe() {
        Arrays.fill(plain, (byte) 0);
        plain = new byte[0];
    }
}
