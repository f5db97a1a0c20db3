package org.zegel.smime.open;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.zegel.model.Progress;
import org.zegel.model.ProgressSteps;

/** Counts the bytes read in all passes and reports them now and then; the total is not known before the end. */
final class Meter {
    private final ProgressSteps steps;

    Meter(Progress progress) {
        steps = new ProgressSteps(progress, -1);
    }

    InputStream watch(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int octet = super.read();
                steps.advance(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                steps.advance(Math.max(count, 0));
                return count;
            }
        };
    }
}
