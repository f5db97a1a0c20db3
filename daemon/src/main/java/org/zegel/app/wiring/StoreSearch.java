package org.zegel.app.wiring;

import java.util.Map;
import org.zegel.app.config.Settings;

/**
 * Which stores this process looks for by itself; those that the configuration names are used whatever it says here.
 *
 * @param modules PKCS#11 modules in the usual places
 * @param system the operating system's own store
 * @param profiles those of Mozilla's programs and Chromium
 */
record StoreSearch(boolean modules, boolean system, boolean profiles) {
    /** With {@code false} in this environment variable a process looks for none, whatever is configured. */
    static final String VARIABLE = "ZEGEL_STORES_SEARCH";

    static StoreSearch of(Settings.Stores settings, Map<String, String> environment) {
        if ("false".equalsIgnoreCase(environment.getOrDefault(VARIABLE, "").strip())) {
            return new StoreSearch(false, false, false);
        }
        return new StoreSearch(settings.search(), settings.search(), settings.nss());
    }
}
