package org.zegel.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** Reads a spooled content chunk by chunk; hands out only bytes whose chunk was authenticated. Skipping is free. */
final class SpoolInputStream extends InputStream {
    private final SpoolFile file;
    private final long size;
    private final ChunkCipher cipher;
    private final byte[] sealed = new byte[ChunkCipher.CHUNK + ChunkCipher.TAG];
    private final byte[] plain = new byte[ChunkCipher.CHUNK];
    private long position;
    private long loaded = -1;

    SpoolInputStream(SpoolFile file, long size) {
        this.file = file;
        this.size = size;
        this.cipher = file.cipher();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        load(position / ChunkCipher.CHUNK);
        int start = (int) (position % ChunkCipher.CHUNK);
        int count = (int) Math.min(length, Math.min(ChunkCipher.CHUNK - start, size - position));
        System.arraycopy(plain, start, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, size - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(size - position, ChunkCipher.CHUNK);
    }

    @Override
    public void close() {
        loaded = -1;
        Arrays.fill(plain, (byte) 0);
    }

    private void load(long index) throws IOException {
        if (file.closed()) {
            throw SpoolFile.closedContent();
        }
        if (index == loaded) {
            return;
        }
        loaded = -1;
        long start = index * ChunkCipher.CHUNK;
        int length = (int) Math.min(ChunkCipher.CHUNK, size - start);
        file.read(index, sealed, length + ChunkCipher.TAG);
        try {
            cipher.decrypt(index, start + length == size, sealed, length + ChunkCipher.TAG, plain);
        } catch (IOException damaged) {
            // Closing wipes the key, which looks like damage to a read that is under way.
            throw file.closed() ? SpoolFile.closedContent() : damaged;
        }
        loaded = index;
    }
}
