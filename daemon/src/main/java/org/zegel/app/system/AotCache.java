package org.zegel.app.system;

import java.util.List;

/** The classes that an earlier run of this build loaded, ready for the JVM (JEP 483, 514). */
public final class AotCache {
    /** Set by the launcher when it gave this JVM such a file: where it is. */
    public static final String PROPERTY = "zegel.aot";

    private AotCache() {}

    /** The option for a child of this process: none, or one. A cache that does not fit the child is passed over by it. */
    public static List<String> option() {
        String file = System.getProperty(PROPERTY);
        return file == null || file.isEmpty() ? List.of() : List.of("-XX:AOTCache=" + file);
    }
}
