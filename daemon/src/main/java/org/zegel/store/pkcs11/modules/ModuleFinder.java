package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.pkcs11.FoundModules;
import org.zegel.store.pkcs11.modules.KnownModule.Origin;

/**
 * All modules of this machine that Zegel knows of, and those that it was told of, with what is wrong with them. A module is
 * one, by however many roads and links it is reached. Looks anew each time, which takes a few file accesses: what was
 * installed, added or taken away a moment ago counts. Safe for several threads.
 */
public final class ModuleFinder implements FoundModules {
    static final String FORBIDDEN = "The managed policy or your configuration does not allow this module.";
    private static final String REMOTE =
            "p11-kit is configured to reach this module through another program, which Zegel does not do.";

    private final Platform platform;
    private final ModuleRules rules;
    private final LibraryCheck check;
    private final Supplier<List<Path>> added;

    /** @param added the libraries that the person added */
    public ModuleFinder(Platform platform, ModuleRules rules, LibraryTrust trust, Supplier<List<Path>> added) {
        this.platform = platform;
        this.rules = rules;
        this.check = new LibraryCheck(platform, trust);
        this.added = added;
    }

    /** In a stable order: p11-kit's, then well-known places, then those that were named. */
    public List<KnownModule> all() {
        Map<List<Object>, KnownModule> found = new LinkedHashMap<>();
        if (rules.search()) {
            for (P11KitConfiguration.Entry entry : new P11KitConfiguration(platform).modules()) {
                put(found, p11kit(entry));
            }
            WellKnownModules.on(platform)
                    .forEach(library -> put(found, look(library.name(), library.path(), Origin.WELL_KNOWN)));
        }
        rules.named().forEach(path -> put(found, look(null, path, Origin.CONFIGURED)));
        added.get().forEach(path -> put(found, look(null, path, Origin.ADDED)));
        return List.copyOf(found.values());
    }

    @Override
    public List<FoundModule> modules() {
        return all().stream()
                .map(module -> new FoundModule(module.spec(), module.problem()))
                .toList();
    }

    /** What this library would be if it was added, or what it is already. */
    public KnownModule look(Path library) {
        KnownModule alone = look(null, library, Origin.ADDED);
        return all().stream()
                .filter(other -> other.spec().library().equals(alone.spec().library()))
                .findFirst()
                .orElse(alone);
    }

    /** One that is reached again keeps its name and what it is initialised with. */
    private static void put(Map<List<Object>, KnownModule> found, KnownModule module) {
        Path library = module.spec().library();
        String arguments = module.spec().initArguments();
        List<List<Object>> same = new ArrayList<>(found.keySet());
        same.removeIf(key -> !key.getFirst().equals(library)
                || (arguments != null && !key.getLast().equals(arguments)));
        if (same.isEmpty()) {
            found.put(List.of(library, arguments == null ? "" : arguments), module);
        } else {
            Origin origin = module.origins().iterator().next();
            same.forEach(key -> found.computeIfPresent(key, (ignored, first) -> first.with(origin)));
        }
    }

    private KnownModule p11kit(P11KitConfiguration.Entry entry) {
        if (entry.remote()) {
            return new KnownModule(new ModuleSpec(entry.name(), entry.file(), null), Set.of(Origin.P11_KIT), REMOTE);
        }
        Path real = real(entry.file());
        return new KnownModule(
                new ModuleSpec(entry.name(), real, entry.initArguments()),
                Set.of(Origin.P11_KIT),
                problem(entry.file(), real));
    }

    private KnownModule look(@Nullable String name, Path library, Origin origin) {
        Path real = real(library);
        String shown = name == null ? String.valueOf(library.getFileName()) : name;
        return new KnownModule(new ModuleSpec(shown, real, null), Set.of(origin), problem(library, real));
    }

    private @Nullable String problem(Path named, Path real) {
        return rules.permits(real, named) ? check.problem(real) : FORBIDDEN;
    }

    private static Path real(Path library) {
        try {
            return library.toRealPath();
        } catch (IOException missing) {
            return library.toAbsolutePath().normalize();
        }
    }
}
