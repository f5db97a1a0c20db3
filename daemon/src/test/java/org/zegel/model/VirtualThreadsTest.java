package org.zegel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {
    @Test
    void holdsTheWorkNoLongerThanItLasts() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        byte[] held = new byte[1000];
        WeakReference<byte[]> trace = new WeakReference<>(held);
        Thread thread = begin(held, done);
        done.await();
        thread.join();
        held = new byte[0];

        for (int i = 0; i < 50 && trace.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(trace.get()).as("held by %s", thread).isNull();
    }

    /** The thread itself stays within reach, as a carrier thread keeps it. */
    private static Thread begin(byte[] held, CountDownLatch done) {
        return VirtualThreads.start("test", () -> {
            if (held.length > 0) {
                done.countDown();
            }
        });
    }
}
