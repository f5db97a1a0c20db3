package org.zegel.door;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever comes in, the frame reader gives frames within its limit or a documented error, and ends. */
class FrameReaderFuzzTest {
    private static final int LIMIT = 4096;

    @FuzzTest(maxDuration = "15s")
    void readsFramesOrFails(byte[] input) throws IOException {
        FrameReader reader = new FrameReader(new ByteArrayInputStream(input), LIMIT);
        int left = input.length;
        while (true) {
            byte[] frame;
            try {
                frame = reader.read();
            } catch (FrameException refused) {
                if (refused.kind() == FrameException.Kind.TOO_LONG) {
                    continue;
                }
                return;
            }
            if (frame == null) {
                return;
            }
            left -= 4 + frame.length;
            if (frame.length > LIMIT || left < 0) {
                throw new AssertionError("a frame that was not there");
            }
        }
    }
}
