package org.zegel.app.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.zegel.app.config.Settings;
import org.zegel.app.system.LibrarySafety;
import org.zegel.app.system.OperatingSystem;
import org.zegel.store.pkcs11.modules.ModuleFinder;
import org.zegel.store.pkcs11.modules.ModuleRules;
import org.zegel.store.pkcs11.modules.Platform;

/** Looks for the PKCS#11 modules of the machine that this program runs on. */
final class ModulesHere {
    private ModulesHere() {}

    static ModuleFinder finder(Settings.Stores settings) {
        ModuleRules rules = new ModuleRules(settings.search(), settings.modules(), Set.of(), Set.of());
        return new ModuleFinder(platform(), rules, LibrarySafety::fault, List::of);
    }

    private static Platform platform() {
        String home = System.getProperty("user.home");
        return new Platform(
                system(),
                System.getProperty("os.arch", ""),
                Path.of("/"),
                home == null || home.isEmpty() ? null : Path.of(home),
                System.getenv(),
                "root".equals(System.getProperty("user.name")));
    }

    private static Platform.System system() {
        return switch (OperatingSystem.current()) {
            case LINUX -> Platform.System.LINUX;
            case MACOS -> Platform.System.MACOS;
            case WINDOWS -> Platform.System.WINDOWS;
            case OTHER -> Platform.System.OTHER;
        };
    }
}
