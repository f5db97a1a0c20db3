package org.zegel.consent.dialog.pinentry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Reads lines that may hold secrets. Each reading asks for as many bytes as the stream below would buffer, so that it
 * keeps no copy; waiting ends when the thread is interrupted.
 */
final class AssuanReader implements AutoCloseable {
    /** No less than what {@link java.io.BufferedInputStream} buffers. */
    private static final int BLOCK = 8192;

    private static final int POLL_MILLIS = 20;

    private final InputStream in;
    private final BooleanSupplier alive;
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int end;

    /** {@code alive}: whether anything can still come. */
    AssuanReader(InputStream in, BooleanSupplier alive) {
        this.in = in;
        this.alive = alive;
    }

    /** The next line without its end; the caller closes it. */
    AssuanLine line() throws IOException {
        byte[] line = new byte[AssuanLine.MAX];
        int length = 0;
        boolean whole = false;
        try {
            while (!whole) {
                int next = octet();
                if (next == '\n') {
                    whole = true;
                } else if (length == line.length) {
                    throw unusable("a line is too long");
                } else {
                    line[length++] = (byte) next;
                }
            }
            return new AssuanLine(line, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
        } finally {
            if (!whole) {
                Arrays.fill(line, (byte) 0);
            }
        }
    }

    private int octet() throws IOException {
        if (at == end) {
            Arrays.fill(block, 0, end, (byte) 0);
            awaitSome();
            at = 0;
            end = Math.max(0, in.read(block, 0, BLOCK));
            if (end == 0) {
                throw unusable("the program ended");
            }
        }
        return block[at++];
    }

    /** A blocking read could not be given up, so it begins only when there is something to read, or nothing to come. */
    private void awaitSome() throws IOException {
        try {
            while (in.available() == 0 && alive.getAsBoolean()) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException withdrawn) {
            Thread.currentThread().interrupt();
            throw new PinentryException(PinentryException.Reason.WITHDRAWN, "withdrawn");
        }
    }

    private static PinentryException unusable(String why) {
        return new PinentryException(PinentryException.Reason.UNUSABLE, why);
    }

    @Override
    public void close() {
        Arrays.fill(block, (byte) 0);
    }
}
