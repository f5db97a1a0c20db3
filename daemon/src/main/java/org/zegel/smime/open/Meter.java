package org.zegel.smime.open;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.zegel.model.Progress;

/** Counts the bytes read in all passes and reports them now and then; the total is not known before the end. */
final class Meter {
    private final Progress progress;
    private long done;
    private long reported;

    Meter(Progress progress) {
        this.progress = progress;
    }

    InputStream watch(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int octet = super.read();
                advance(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                advance(Math.max(count, 0));
                return count;
            }
        };
    }

    private void advance(int count) {
        done += count;
        if (done - reported >= Progress.STEP) {
            reported = done;
            progress.report(done, -1);
        }
    }
}
