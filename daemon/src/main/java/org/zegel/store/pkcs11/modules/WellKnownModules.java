package org.zegel.store.pkcs11.modules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where makers of cards put their modules; a list that is packed with the program. */
final class WellKnownModules {
    private static final String LIST = "/org/zegel/store/well-known-modules.txt";

    /** One place of one module; whether there is a file is not known. */
    record Place(Platform.System system, String name, String path) {}

    private WellKnownModules() {}

    static List<Place> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(WellKnownModules.class.getResourceAsStream(LIST)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(WellKnownModules::place)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Those of this system of which there is a file: of each name the first. */
    static List<NamedLibrary> on(Platform platform) {
        Set<String> named = new HashSet<>();
        return all().stream()
                .filter(place -> place.system() == platform.system())
                .flatMap(place -> {
                    Optional<Path> path = platform.path(place.path());
                    return path.stream().map(at -> new NamedLibrary(place.name(), at));
                })
                .filter(library -> Files.exists(library.path()) && named.add(library.name()))
                .toList();
    }

    private static Place place(String line) {
        String[] parts = line.split(" \\| ", -1);
        return new Place(Platform.System.valueOf(parts[0].strip().toUpperCase(Locale.ROOT)), parts[1], parts[2]);
    }

    /** A library and what people call it. */
    record NamedLibrary(String name, Path path) {}
}
