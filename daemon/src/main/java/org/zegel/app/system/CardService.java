package org.zegel.app.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The system's service for card readers (PC/SC). */
public final class CardService {
    private static final String VARIABLE = "PCSCLITE_CSOCK_NAME";

    private static final Path USUAL = Path.of("/run/pcscd/pcscd.comm");

    private CardService() {}

    /**
     * False where it certainly does not run. On Linux its socket is there while it runs, or while it is started by whoever
     * asks; elsewhere it is a part of the system.
     */
    public static boolean mayRun() {
        return OperatingSystem.current() != OperatingSystem.LINUX
                || Files.exists(Optional.ofNullable(System.getenv(VARIABLE))
                        .map(Path::of)
                        .orElse(USUAL));
    }
}
