package org.zegel.store.nss;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where programs keep their profiles.
 *
 * @param home the person's folder; what belongs to somebody else than its owner is left alone
 * @param listed folders with a {@code profiles.ini}, by program
 * @param single folders that are a profile themselves, by program
 */
public record ProfilePlaces(Path home, List<Place> listed, List<Place> single) {
    /** A folder of a program. */
    public record Place(String program, Path folder) {}

    private static final String THUNDERBIRD = "Thunderbird";
    private static final String FIREFOX = "Firefox";

    public ProfilePlaces {
        listed = List.copyOf(listed);
        single = List.copyOf(single);
    }

    /** On Linux and its like: the usual folders, snap's and flatpak's. */
    public static ProfilePlaces linux(Path home) {
        List<Place> listed = new ArrayList<>();
        add(listed, THUNDERBIRD, home, ".thunderbird", "snap/thunderbird/common/.thunderbird");
        for (String app :
                List.of("org.mozilla.Thunderbird", "org.mozilla.thunderbird", "net.thunderbird.Thunderbird")) {
            add(listed, THUNDERBIRD, home, ".var/app/" + app + "/.thunderbird");
        }
        add(listed, FIREFOX, home, ".mozilla/firefox", ".config/mozilla/firefox");
        add(
                listed,
                FIREFOX,
                home,
                "snap/firefox/common/.mozilla/firefox",
                "snap/firefox/common/.config/mozilla/firefox");
        add(listed, FIREFOX, home, ".var/app/org.mozilla.firefox/.mozilla/firefox");
        add(listed, FIREFOX, home, ".var/app/org.mozilla.firefox/config/mozilla/firefox");
        List<Place> single = new ArrayList<>();
        add(single, "Chromium and Chrome", home, ".pki/nssdb", ".local/share/pki/nssdb");
        add(single, "Chromium (snap)", home, "snap/chromium/current/.pki/nssdb");
        add(single, "Chromium (snap)", home, "snap/chromium/current/.local/share/pki/nssdb");
        for (Map.Entry<String, String> app : Map.of(
                        "org.chromium.Chromium", "Chromium (flatpak)", "com.google.Chrome", "Chrome (flatpak)")
                .entrySet()) {
            add(single, app.getValue(), home, ".var/app/" + app.getKey() + "/.pki/nssdb");
            add(single, app.getValue(), home, ".var/app/" + app.getKey() + "/data/pki/nssdb");
        }
        return new ProfilePlaces(home, listed, single);
    }

    /** On Windows, where Chromium uses the system's own store. {@code roaming} is what {@code %APPDATA%} says. */
    public static ProfilePlaces windows(Path home, Optional<String> roaming) {
        Path data = roaming.flatMap(ProfilePlaces::absolute).orElseGet(() -> home.resolve("AppData/Roaming"));
        return new ProfilePlaces(
                home,
                List.of(
                        new Place(THUNDERBIRD, data.resolve("Thunderbird")),
                        new Place(FIREFOX, data.resolve("Mozilla/Firefox"))),
                List.of());
    }

    /** On macOS, where Chromium uses the keychain. */
    public static ProfilePlaces macos(Path home) {
        Path library = home.resolve("Library");
        return new ProfilePlaces(
                home,
                List.of(
                        new Place(THUNDERBIRD, library.resolve("Thunderbird")),
                        new Place(FIREFOX, library.resolve("Application Support/Firefox"))),
                List.of());
    }

    private static void add(List<Place> places, String program, Path home, String... folders) {
        for (String folder : folders) {
            places.add(new Place(program, home.resolve(folder)));
        }
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }
}
