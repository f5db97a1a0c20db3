package org.zegel.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A spool file that keeps its name, so that a test can look at it and damage it as another process might. */
record SpoolProbe(Path path, SpoolFile file, byte[] key, long size) {
    static final int SLOT = ChunkCipher.CHUNK + ChunkCipher.TAG;

    static SpoolProbe write(Path path, EncryptedSpool spool, byte[] plain) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        byte[] key = EncryptedSpoolTest.random(ChunkCipher.KEY);
        SpoolFile file = new SpoolFile(channel, key, spool);
        ChunkCipher cipher = file.cipher();
        byte[] sealed = new byte[SLOT];
        for (int at = 0; at < plain.length; at += ChunkCipher.CHUNK) {
            byte[] chunk = Arrays.copyOfRange(plain, at, Math.min(plain.length, at + ChunkCipher.CHUNK));
            boolean last = at + chunk.length == plain.length;
            long index = at / ChunkCipher.CHUNK;
            file.write(index, sealed, cipher.encrypt(index, last, chunk, chunk.length, sealed));
        }
        return new SpoolProbe(path, file, key, plain.length);
    }

    byte[] read() throws IOException {
        return read(size);
    }

    /** Reads as if the content had this size. */
    byte[] read(long claimed) throws IOException {
        return new SpoolContent(file, claimed).open().readAllBytes();
    }
}
