package org.zegel.app.system;

import java.util.Locale;

/** The system Zegel runs on; the one place that reads {@code os.name}. */
public enum OperatingSystem {
    LINUX,
    MACOS,
    WINDOWS,
    OTHER;

    private static final OperatingSystem CURRENT = of(System.getProperty("os.name", ""));

    public static OperatingSystem current() {
        return CURRENT;
    }

    static OperatingSystem of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("linux")) {
            return LINUX;
        }
        if (lower.startsWith("mac") || lower.startsWith("darwin")) {
            return MACOS;
        }
        return lower.startsWith("windows") ? WINDOWS : OTHER;
    }
}
