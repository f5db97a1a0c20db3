package org.zegel.store.nss;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.PaddedText;

/** Finds profiles that have a database. Reads a few small files; never fails and never writes. */
final class ProfileFinder {
    /** More are passed over: NSS has so many slots for databases, less some to spare. */
    static final int MOST_PROFILES = 64;

    private static final int LONGEST_NAME = 40;
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final ProfilePlaces places;

    ProfileFinder(ProfilePlaces places) {
        this.places = places;
    }

    /** In the order of the places; a folder that is named twice is there once. */
    List<Profile> find() {
        Map<Path, Profile> found = new LinkedHashMap<>();
        for (ProfilePlaces.Place place : places.listed()) {
            ProfilesIni.read(place.folder()).forEach((folder, name) -> look(place.program(), name, folder, found));
        }
        for (ProfilePlaces.Place place : places.single()) {
            look(place.program(), "", place.folder(), found);
        }
        return List.copyOf(found.values());
    }

    private void look(String program, String name, Path folder, Map<Path, Profile> found) {
        if (found.size() >= MOST_PROFILES) {
            return;
        }
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real) && isThePersons(real) && hasDatabase(real)) {
                found.putIfAbsent(real, new Profile(program, shown(name), real, problem(program, real)));
            }
        } catch (IOException missingOrUnreadable) {
            return;
        }
    }

    /** A symbolic link may lead anywhere; keys of somebody else are not this person's. */
    private boolean isThePersons(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            return true;
        }
        return Files.getOwner(folder).equals(Files.getOwner(places.home()));
    }

    private static boolean hasDatabase(Path folder) {
        return exists(folder.resolve("cert9.db")) || exists(folder.resolve("cert8.db"));
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable String problem(String program, Path folder) {
        if (!exists(folder.resolve("cert9.db"))) {
            return "This profile's certificates are in an old format (cert8.db). Start " + program
                    + " of today once with it: it converts them.";
        }
        // A pipe or a link in place of a database would have NSS wait, or read something else.
        if (!isDatabase(folder.resolve("cert9.db")) || !isDatabaseOrMissing(folder.resolve("key4.db"))) {
            return "This profile's certificate database is damaged or cannot be read (cert9.db, key4.db).";
        }
        return null;
    }

    private static boolean isDatabaseOrMissing(Path file) {
        return !exists(file) || isDatabase(file);
    }

    private static boolean isDatabase(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Names come from a file: nothing that could pretend to be something else, and not too long. */
    private static String shown(String name) {
        String clean = PaddedText.of(name.getBytes(StandardCharsets.UTF_8));
        return Optional.of(clean)
                .filter(text -> text.codePointCount(0, text.length()) > LONGEST_NAME)
                .map(text -> text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME)) + "…")
                .orElse(clean);
    }
}
