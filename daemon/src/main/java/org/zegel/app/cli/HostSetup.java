package org.zegel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.zegel.app.config.Home;
import org.zegel.app.registration.Browser;
import org.zegel.app.registration.BrowserCatalogue;
import org.zegel.app.registration.HostRegistration;
import org.zegel.app.registration.WindowsHostKeys;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;

/**
 * What a registration needs of this machine. A host manifest names a program without arguments, so Zegel's home holds a
 * small wrapper that starts the launcher with {@code native-host} and what the browser adds.
 */
final class HostSetup {
    private HostSetup() {}

    static HostRegistration registration(BrowserCatalogue catalogue) {
        return new HostRegistration(
                catalogue,
                OperatingSystem.current(),
                userHome(),
                Home.current().directory().resolve("native-host-manifests"),
                new WindowsHostKeys());
    }

    /** The browsers whose configuration folder exists for this person. */
    static List<Browser> installed(BrowserCatalogue catalogue) {
        return catalogue.browsers().stream().filter(HostSetup::isInstalled).toList();
    }

    private static boolean isInstalled(Browser browser) {
        String folder = switch (OperatingSystem.current()) {
            case LINUX, OTHER -> browser.linux();
            case MACOS -> browser.macos();
            // The registry key is written for all of them: it harms no one.
            case WINDOWS -> "";
        };
        Path manifests = userHome().resolve(folder);
        Path parent = manifests.getParent();
        return folder.isEmpty() || (parent != null && Files.isDirectory(parent));
    }

    /** Writes the wrapper anew and gives its path. */
    static Path wrapper() throws CommandError, Failure {
        boolean windows = OperatingSystem.current() == OperatingSystem.WINDOWS;
        Path home = Home.current().directory();
        Path wrapper = home.resolve("bin").resolve(windows ? "zegel-native-host.cmd" : "zegel-native-host");
        try {
            Home.current().create();
            Files.createDirectories(home.resolve("bin"));
            Path fresh = Files.createTempFile(home.resolve("bin"), "wrapper", ".tmp");
            Files.writeString(fresh, windows ? command(home) : script(home), StandardCharsets.UTF_8);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.move(fresh, wrapper, StandardCopyOption.REPLACE_EXISTING);
            return wrapper;
        } catch (IOException unwritable) {
            throw new CommandError("file-unwritable", "The wrapper " + wrapper + " could not be written.");
        }
    }

    private static String script(Path home) throws CommandError {
        String fixed = Home.current().moved() ? "ZEGEL_HOME=" + quoted(home.toString()) + "\nexport ZEGEL_HOME\n" : "";
        return "#!/bin/sh\n# Written by zegel native-host --register; browsers start it.\n" + fixed + "exec "
                + String.join(
                        " ", Launcher.command().stream().map(HostSetup::quoted).toList())
                + " native-host \"$@\"\n";
    }

    private static String command(Path home) throws CommandError {
        String fixed = Home.current().moved() ? "set \"ZEGEL_HOME=" + home + "\"\r\n" : "";
        return "@echo off\r\n" + fixed
                + String.join(
                        " ",
                        Launcher.command().stream()
                                .map(each -> "\"" + each + "\"")
                                .toList())
                + " native-host %*\r\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static Path userHome() {
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
    }
}
