package org.zegel.consent.dialog;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a pinentry program, and tells what is there for it to draw on. */
final class PinentryPrograms {
    /** What draws windows comes first: it is chosen by the person's system, or fits the usual desktops. */
    private static final List<String> NAMES = List.of(
            "pinentry",
            "pinentry-gnome3",
            "pinentry-qt",
            "pinentry-qt6",
            "pinentry-qt5",
            "pinentry-gtk-2",
            "pinentry-mac",
            "pinentry-curses",
            "pinentry-tty");

    private static final List<String> PLACES =
            List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin");

    private PinentryPrograms() {}

    /** The first one with a usual name on the path or in a usual place. */
    static Optional<Path> find(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(System.getProperty("path.separator"), -1)), PLACES.stream())
                .filter(place -> !place.isEmpty())
                .flatMap(place -> NAMES.stream().flatMap(name -> program(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether a program could open a window: on Wayland, on an X display that answers, or on macOS. */
    static boolean hasWindows(Map<String, String> environment, Path program) {
        String display = environment.getOrDefault("DISPLAY", "");
        return !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()
                || (!display.isEmpty() && DisplayProbe.answers(display))
                || program.endsWith("pinentry-mac");
    }

    /** Whether what the program says of itself means that it needs a terminal. */
    static boolean needsTerminal(String flavor) {
        return flavor.equals("curses") || flavor.equals("tty") || flavor.endsWith(":curses") || flavor.endsWith(":tty");
    }

    private static Stream<Path> program(String place, String name) {
        try {
            return Stream.of(Path.of(place, name)).filter(Path::isAbsolute);
        } catch (InvalidPathException notAPlace) {
            return Stream.empty();
        }
    }
}
