package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.zegel.model.Progress;
import org.zegel.model.ProgressSteps;

/** Copies in blocks and reports as it goes. */
final class Meter {
    static final int BLOCK = 16 * 1024;

    private final ProgressSteps steps;
    private final byte[] buffer = new byte[BLOCK];

    Meter(Progress progress, long total) {
        steps = new ProgressSteps(progress, total);
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
        steps.advance(count);
    }
}
