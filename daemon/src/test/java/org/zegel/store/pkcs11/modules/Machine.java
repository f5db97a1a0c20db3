package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.fixtures.Needs;

/** A machine of Linux below a folder, or the one this runs on. */
final class Machine {
    static final String ARCHITECTURE = System.getProperty("os.arch");

    private static final String SOFTHSM = "libsofthsm2.so";

    final Path top;
    final Path home;
    final Platform platform;

    Machine(Path folder) throws IOException {
        this(folder, false);
    }

    Machine(Path folder, boolean superuser) throws IOException {
        top = Files.createDirectories(folder.resolve("top")).toRealPath();
        home = Files.createDirectories(top.resolve("home/alice"));
        platform = new Platform(Platform.System.LINUX, ARCHITECTURE, top, home, Map.of(), superuser);
    }

    /** The one this runs on; the person has no configuration there. */
    static Platform real(Path home) {
        return new Platform(Platform.System.LINUX, ARCHITECTURE, Path.of("/"), home, Map.of(), false);
    }

    ModuleFinder finder() {
        return finder(platform, ModuleRules.STANDARD);
    }

    static ModuleFinder finder(Platform platform, ModuleRules rules, Path... added) {
        return new ModuleFinder(platform, rules, library -> null, () -> List.of(added));
    }

    Path write(String path, String... lines) throws IOException {
        Path file = top.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    /** A real module at this path. */
    Path install(String path) throws IOException {
        Path file = top.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.copy(softHsm(), file);
    }

    static Path softHsm() throws IOException {
        return WellKnownModules.on(real(Path.of("/nonexistent"))).stream()
                .map(WellKnownModules.NamedLibrary::path)
                .filter(path -> path.endsWith(SOFTHSM))
                .findFirst()
                .orElseGet(() -> Needs.file(Path.of("/usr/lib/softhsm", SOFTHSM)))
                .toRealPath();
    }

    static @Nullable String problem(ModuleFinder finder, Path library) throws IOException {
        Path real = library.toRealPath();
        Optional<KnownModule> found = finder.all().stream()
                .filter(module -> module.spec().library().equals(real))
                .findFirst();
        return found.orElseThrow().problem();
    }
}
