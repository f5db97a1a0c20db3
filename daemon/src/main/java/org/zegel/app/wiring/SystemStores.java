package org.zegel.app.wiring;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.zegel.app.system.NssTrustList;
import org.zegel.app.system.OperatingSystem;
import org.zegel.store.Store;
import org.zegel.store.macos.KeychainStore;
import org.zegel.store.macos.KeychainTrust;
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

    /** Which of the system's CAs may vouch for e-mail; read when it is first needed. */
    static Supplier<Predicate<X509Certificate>> anchorsForMail(OperatingSystem system) {
        return switch (system) {
            case MACOS -> KeychainTrust::ofThisMachine;
            case LINUX, WINDOWS, OTHER -> () -> NssTrustList.read(NssTrustList.USUAL);
        };
    }
}
