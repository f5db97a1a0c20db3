package org.zegel.app.system;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Whether the person's desktop is set to dark windows. Never fails: what cannot be found out is light. */
public final class DesktopTheme {
    private static final int SECONDS = 2;
    private static final int MOST = 200;
    private static final String PERSONALIZE = "Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";

    private DesktopTheme() {}

    /** Asks the system; takes up to some seconds where it does not answer. */
    public static boolean isDark() {
        return switch (OperatingSystem.current()) {
            case LINUX ->
                isPortalDark(answer(
                                "gdbus",
                                "call",
                                "--session",
                                "--timeout",
                                "1",
                                "--dest",
                                "org.freedesktop.portal.Desktop",
                                "--object-path",
                                "/org/freedesktop/portal/desktop",
                                "--method",
                                "org.freedesktop.portal.Settings.Read",
                                "org.freedesktop.appearance",
                                "color-scheme"))
                        || answer("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
                                .contains("prefer-dark");
            case WINDOWS -> isWindowsDark();
            case MACOS ->
                answer("defaults", "read", "-g", "AppleInterfaceStyle").strip().equals("Dark");
            case OTHER -> false;
        };
    }

    /** The portal's answer: 0 no preference, 1 dark, 2 light. */
    static boolean isPortalDark(String answer) {
        return answer.contains("uint32 1>");
    }

    private static boolean isWindowsDark() {
        try {
            return Advapi32Util.registryGetIntValue(WinReg.HKEY_CURRENT_USER, PERSONALIZE, "AppsUseLightTheme") == 0;
        } catch (Win32Exception | LinkageError unset) {
            return false;
        }
    }

    /** The first words that the program says; none when it is not there or does not end. */
    static String answer(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    return "";
                }
                return new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException withdrawn) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
