package org.zegel.app.wiring;

/** Which Zegel this is. */
final class Versions {
    private static final String UNPACKED = "development";

    private Versions() {}

    /** The version in the jar's manifest. */
    static String current() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKED : version;
    }
}
