package org.zegel.app.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.zegel.app.system.OperatingSystem;
import org.zegel.store.StoreSource;
import org.zegel.store.cryptoki.Modules;
import org.zegel.store.nss.NssLibrary;
import org.zegel.store.nss.NssStores;
import org.zegel.store.nss.ProfilePlaces;
import org.zegel.store.pkcs11.modules.KnownModule;
import org.zegel.store.pkcs11.modules.ModuleFinder;

/** The profiles of Mozilla's programs and Chromium in the home of the person that this program runs for. */
final class ProfilesHere {
    private ProfilesHere() {}

    /** @param finder says whether NSS may be loaded; where it is forbidden, profiles are left alone */
    static StoreSource stores(ModuleFinder finder, Modules modules, Clock clock, Duration unlockedFor) {
        String home = System.getProperty("user.home");
        Optional<KnownModule> library = library().map(finder::look);
        if (home == null
                || home.isEmpty()
                || library.filter(KnownModule::forbidden).isPresent()) {
            return StoreSource.of(List.of());
        }
        Optional<Path> usable = library.filter(module -> module.problem() == null)
                .map(module -> module.spec().library());
        return new NssStores(places(Path.of(home)), usable, modules, clock, unlockedFor);
    }

    private static ProfilePlaces places(Path home) {
        return switch (OperatingSystem.current()) {
            case LINUX, OTHER -> ProfilePlaces.linux(home);
            case MACOS -> ProfilePlaces.macos(home);
            case WINDOWS -> ProfilePlaces.windows(home, Optional.ofNullable(System.getenv("APPDATA")));
        };
    }

    private static Optional<Path> library() {
        return switch (OperatingSystem.current()) {
            case LINUX, OTHER -> NssLibrary.linux();
            case MACOS -> NssLibrary.macos();
            case WINDOWS -> NssLibrary.windows();
        };
    }
}
