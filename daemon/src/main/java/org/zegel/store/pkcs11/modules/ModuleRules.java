package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What configuration and policy say of modules. A module is named by its path or by the name of its file alone.
 *
 * @param search whether modules are looked for, beside those that are named
 * @param named further ones
 * @param allowed empty: all are
 * @param forbidden wins over all else
 */
public record ModuleRules(boolean search, List<Path> named, Set<String> allowed, Set<String> forbidden) {
    /** Modules are looked for, and none is forbidden. */
    public static final ModuleRules STANDARD = new ModuleRules(true, List.of(), Set.of(), Set.of());

    public ModuleRules {
        named = List.copyOf(named);
        allowed = Set.copyOf(allowed);
        forbidden = Set.copyOf(forbidden);
    }

    /** Asked with the real path and with the one it was named by: a link does not get around it. */
    boolean permits(Path... paths) {
        for (Path path : paths) {
            if (names(forbidden, path)) {
                return false;
            }
        }
        if (allowed.isEmpty()) {
            return true;
        }
        return names(allowed, paths[0]);
    }

    private static boolean names(Set<String> list, Path path) {
        return list.stream().anyMatch(entry -> {
            Path named = Path.of(entry);
            return named.getNameCount() == 1 && !named.isAbsolute()
                    ? named.equals(path.getFileName())
                    : named.normalize().equals(path) || real(named).equals(path);
        });
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.normalize();
        }
    }
}
