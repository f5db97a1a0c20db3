package org.zegel.app.wiring;

import java.time.Clock;
import java.util.List;
import org.zegel.app.system.OperatingSystem;
import org.zegel.store.Store;
import org.zegel.store.windows.WindowsStore;

/** Stores that are part of an operating system. */
final class SystemStores {
    private SystemStores() {}

    /** Those of this system; none where the configuration does not have stores looked for. */
    static List<Store> of(OperatingSystem system, boolean search, Clock clock) {
        return search && system == OperatingSystem.WINDOWS ? List.of(WindowsStore.ofThisMachine(clock)) : List.of();
    }
}
