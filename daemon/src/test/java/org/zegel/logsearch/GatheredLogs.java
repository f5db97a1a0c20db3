package org.zegel.logsearch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One file of this process, compressed as it is written, with all logs that came by. */
final class GatheredLogs {
    private static final int FLUSH_EVERY = 2_000_000;

    /** More than this of one process is a mistake of the test, and would fill the disk. */
    private static final long MOST = 20L << 30;

    private final OutputStream out;
    private long unflushed;
    private long written;

    GatheredLogs(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(ProcessHandle.current().pid() + "-" + System.nanoTime() + ".log.gz");
            out = new BufferedOutputStream(
                    new GZIPOutputStream(Files.newOutputStream(file), 1 << 16, true) {
                        {
                            def.setLevel(Deflater.BEST_SPEED);
                        }
                    },
                    1 << 16);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    synchronized void add(byte[] bytes, int length) {
        try {
            written += length;
            unflushed += length;
            if (written < MOST) {
                out.write(bytes, 0, length);
            }
            // A process that is killed leaves what was flushed.
            if (unflushed > FLUSH_EVERY) {
                unflushed = 0;
                out.flush();
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    void addFile(Path file) throws IOException {
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                add(block, read);
            }
        }
    }

    synchronized void close() {
        try {
            out.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
