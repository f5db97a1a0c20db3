package org.zegel.app.system;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the memory of this process, with keys and passphrases in it, out of core dumps and crash reports, and on Linux out
 * of reach of other programs of the same person that have no special rights (ptrace, {@code /proc/PID/mem}).
 */
public final class CoreDumps {
    private static final Logger LOG = LoggerFactory.getLogger(CoreDumps.class);

    private static final int RLIMIT_CORE = 4;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    /** What the JVM itself asks for: no dialogs; the process ends. */
    private static final int SEM_FAILCRITICALERRORS = 1;

    private static final int SEM_NOGPFAULTERRORBOX = 2;
    private static final int WER_FAULT_REPORTING_FLAG_NOHEAP = 1;

    private static final FutureTask<Boolean> FORBIDDEN = new FutureTask<>(CoreDumps::tried);

    private CoreDumps() {}

    /** Does what {@link #forbid} does, beside the caller: for when a secret will come soon. */
    public static void begin() {
        Thread.ofPlatform().daemon().name("no-core-dumps").start(FORBIDDEN);
    }

    /**
     * Forbids them as far as this system lets a process do so; once is enough, and nothing takes it back. Comes back when
     * it is done, by whomever it was begun: call it before the first secret is read.
     *
     * @return false where the system refused or has no way; the reason is in the log
     */
    public static boolean forbid() {
        FORBIDDEN.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return FORBIDDEN.get();
                } catch (InterruptedException later) {
                    // A question that is withdrawn: it is short, and nothing may be read before it is done.
                    interrupted = true;
                }
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean tried() {
        try {
            boolean done = switch (OperatingSystem.current()) {
                case LINUX -> noCoreFile() & notDumpable();
                case MACOS -> noCoreFile();
                case WINDOWS -> noHeapInReports();
                case OTHER -> false;
            };
            if (!done) {
                LOG.warn("This system does not let Zegel keep its memory out of crash reports");
            }
            return done;
        } catch (LinkageError missing) {
            LOG.warn("Zegel could not keep its memory out of crash reports", missing);
            return false;
        }
    }

    /** {@code setrlimit}: both limits are zero, so that a program it starts cannot raise them again. */
    private static boolean noCoreFile() {
        try (Memory none = new Memory(2L * Long.BYTES)) {
            none.clear();
            return call("c", "setrlimit", RLIMIT_CORE, none) == 0;
        }
    }

    /** {@code prctl}: holds for piped dumps (systemd-coredump) as well, which do not look at the limit. */
    private static boolean notDumpable() {
        return call("c", "prctl", PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0
                && call("c", "prctl", PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) == 0;
    }

    /** Not run on Windows yet. Excluding the program from reports altogether would be a lasting change for every Java. */
    private static boolean noHeapInReports() {
        call("kernel32", "SetErrorMode", SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
        return call("kernel32", "WerSetFlags", WER_FAULT_REPORTING_FLAG_NOHEAP) == 0;
    }

    private static int call(String library, String function, Object... arguments) {
        return NativeLibrary.getInstance(library).getFunction(function).invokeInt(arguments);
    }
}
