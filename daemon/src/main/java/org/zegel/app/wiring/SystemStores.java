package org.zegel.app.wiring;

import java.time.Clock;
import java.util.List;
import org.zegel.app.system.OperatingSystem;
import org.zegel.store.Store;
import org.zegel.store.macos.KeychainStore;
import org.zegel.store.windows.WindowsStore;

/** Stores that are part of an operating system. */
final class SystemStores {
    private SystemStores() {}

    /** Those of this system; none where the configuration does not have stores looked for. */
    static List<Store> of(OperatingSystem system, boolean search, Clock clock) {
        if (!search) {
            return List.of();
        }
        return switch (system) {
            case WINDOWS -> List.of(WindowsStore.ofThisMachine(clock));
            case MACOS -> List.of(KeychainStore.ofThisMachine(clock));
            case LINUX, OTHER -> List.of();
        };
    }
}
