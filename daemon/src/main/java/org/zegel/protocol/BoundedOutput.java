package org.zegel.protocol;

import java.io.ByteArrayOutputStream;

/** Collects a message up to a limit. Unchecked, so that it passes through the JSON writer. */
final class BoundedOutput extends ByteArrayOutputStream {
    /** The message would be longer than the limit. */
    static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final int limit;

    BoundedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void write(int value) {
        ensure(1);
        super.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        ensure(length);
        super.write(bytes, offset, length);
    }

    private void ensure(int more) {
        if (more > limit - count) {
            throw new Overflow();
        }
    }
}
