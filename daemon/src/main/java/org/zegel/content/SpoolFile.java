package org.zegel.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * One file of encrypted chunks that has no name any more, and its key. The key lives here only. Reads are positional,
 * so several threads may read at once; one thread writes.
 */
final class SpoolFile implements AutoCloseable {
    private static final int SLOT = ChunkCipher.CHUNK + ChunkCipher.TAG;

    private final FileChannel channel;
    private final byte[] key;
    private final EncryptedSpool spool;
    private long reserved;
    private int holders = 1;
    private volatile boolean closed;

    SpoolFile(FileChannel channel, byte[] key, EncryptedSpool spool) {
        this.channel = channel;
        this.key = key;
        this.spool = spool;
    }

    ChunkCipher cipher() {
        return new ChunkCipher(key);
    }

    /** Writes the sealed bytes of a chunk, after reserving room for them. */
    void write(long index, byte[] sealed, int length) throws IOException {
        reserve(length);
        ByteBuffer bytes = ByteBuffer.wrap(sealed, 0, length);
        long position = index * SLOT;
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (ClosedChannelException goneOrCancelled) {
            throw goneOrCancelled;
        } catch (IOException refused) {
            throw ContentLimitException.diskRefused(refused);
        }
    }

    /** Reads the sealed bytes of a chunk; all of them are there or it fails. */
    void read(long index, byte[] sealed, int length) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(sealed, 0, length);
            long position = index * SLOT;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position);
                if (read < 0) {
                    throw new IOException("The temporary copy of the message was cut off.");
                }
                position += read;
            }
        } catch (ClosedChannelException gone) {
            throw closedContent();
        }
    }

    boolean closed() {
        return closed;
    }

    static IOException closedContent() {
        return new IOException("The content was closed.");
    }

    private synchronized void reserve(int length) throws IOException {
        if (closed) {
            throw closedContent();
        }
        spool.reserve(length);
        reserved += length;
    }

    /** One more holder, who closes it as well. */
    synchronized void share() throws IOException {
        if (closed) {
            throw closedContent();
        }
        holders++;
    }

    /** Frees it when the last holder does. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed || --holders > 0) {
                return;
            }
            closed = true;
            spool.release(reserved);
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // The file has no name: nothing more can be done, and nothing of it can be read without the key.
            return;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
