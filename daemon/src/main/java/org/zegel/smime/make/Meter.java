package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.zegel.model.Progress;

/** Copies in blocks and reports as it goes. */
final class Meter {
    static final int BLOCK = 16 * 1024;

    private final Progress progress;
    private final long total;
    private final byte[] buffer = new byte[BLOCK];
    private long done;
    private long reported;

    Meter(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
        progress.report(0, total);
    }

    /** Copies to the end of the stream. */
    void copy(InputStream in, OutputStream out) throws IOException {
        int read;
        while ((read = in.read(buffer, 0, BLOCK)) >= 0) {
            out.write(buffer, 0, read);
            advance(read);
        }
    }

    void advance(int count) {
        done += count;
        if (done - reported >= Progress.STEP) {
            reported = done;
            progress.report(done, total);
        }
    }
}
