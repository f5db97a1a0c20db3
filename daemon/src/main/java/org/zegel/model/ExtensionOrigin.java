package org.zegel.model;

import java.util.regex.Pattern;

/**
 * How browsers name an extension to a native-messaging host: {@code chrome-extension://ID/} in Chromium's family, the
 * add-on's id (a GUID, or something like an address) in Mozilla's.
 */
public final class ExtensionOrigin {
    private static final Pattern CHROMIUM = Pattern.compile("chrome-extension://[a-p]{32}/");
    private static final Pattern MOZILLA =
            Pattern.compile("\\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}|[A-Za-z0-9._-]*@[A-Za-z0-9._-]+");

    /** Longest id of an add-on, in characters. */
    private static final int MAX_ID = 255;

    private ExtensionOrigin() {}

    public static boolean isChromium(String origin) {
        return CHROMIUM.matcher(origin).matches();
    }

    public static boolean isMozilla(String origin) {
        return origin.length() <= MAX_ID && MOZILLA.matcher(origin).matches();
    }

    /** Whether a browser could have said this. */
    public static boolean isOne(String origin) {
        return isChromium(origin) || isMozilla(origin);
    }
}
