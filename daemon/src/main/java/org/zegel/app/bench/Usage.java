package org.zegel.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process takes: processor time, and the most memory since {@link #reset}. */
abstract sealed class Usage {
    /** Where a figure is not to be had. */
    static final long UNKNOWN = -1;

    private static final String RESET_PEAK = "5";

    private final Path process;

    private Usage(Path process) {
        this.process = process;
    }

    /** This process. */
    static Usage own() {
        return new Own();
    }

    /** A child. */
    static Usage of(long pid) {
        return new Child(pid);
    }

    /** Processor time so far, in nanoseconds. */
    abstract long processorNanos();

    /** Peak of the heap in bytes, or {@link #UNKNOWN}. */
    abstract long heapPeak();

    /** Begins anew with the peaks. */
    void reset() {
        try {
            // Linux: the peak of the resident set starts from what is resident now.
            Files.writeString(process.resolve("clear_refs"), RESET_PEAK);
        } catch (IOException notHere) {
            return;
        }
    }

    /** Peak of resident memory in bytes, or {@link #UNKNOWN}. */
    long residentPeak() {
        try {
            for (String line : Files.readAllLines(process.resolve("status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024;
                }
            }
        } catch (IOException notHere) {
            return UNKNOWN;
        }
        return UNKNOWN;
    }

    private static final class Own extends Usage {
        private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        Own() {
            super(Path.of("/proc/self"));
        }

        @Override
        long processorNanos() {
            return system.getProcessCpuTime();
        }

        @Override
        long heapPeak() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
        }

        @Override
        void reset() {
            super.reset();
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        }
    }

    private static final class Child extends Usage {
        private final long pid;

        Child(long pid) {
            super(Path.of("/proc", Long.toString(pid)));
            this.pid = pid;
        }

        @Override
        long processorNanos() {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElse(UNKNOWN);
        }

        @Override
        long heapPeak() {
            return UNKNOWN;
        }
    }
}
