package org.zegel.app.wiring;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.config.Settings;
import org.zegel.app.system.LibrarySafety;
import org.zegel.app.system.OperatingSystem;
import org.zegel.directory.AddedModules;
import org.zegel.model.Failure;
import org.zegel.store.ModuleCheck;
import org.zegel.store.pkcs11.modules.KnownModule;
import org.zegel.store.pkcs11.modules.ModuleFinder;
import org.zegel.store.pkcs11.modules.ModuleRules;
import org.zegel.store.pkcs11.modules.Platform;

/** Looks for the PKCS#11 modules of the machine that this program runs on. */
final class ModulesHere {
    private static final Logger LOG = LoggerFactory.getLogger(ModulesHere.class);

    private ModulesHere() {}

    static ModuleFinder finder(Settings.Stores settings, StoreSearch search, AddedModules added) {
        ModuleRules rules =
                new ModuleRules(search.modules(), settings.modules(), settings.allowed(), settings.forbidden());
        return new ModuleFinder(platform(), rules, LibrarySafety::fault, () -> read(added));
    }

    private static List<Path> read(AddedModules added) {
        try {
            return added.all();
        } catch (Failure unreadable) {
            LOG.warn("modules that were added cannot be read", unreadable);
            return List.of();
        }
    }

    static ModuleCheck check(ModuleFinder finder) {
        return library -> {
            KnownModule module = finder.look(library);
            String problem = module.problem();
            if (problem == null) {
                return module.spec().library();
            }
            throw new Failure(module.forbidden() ? Failure.Kind.POLICY_FORBIDS : Failure.Kind.IMPORT_FAILED, problem);
        };
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
