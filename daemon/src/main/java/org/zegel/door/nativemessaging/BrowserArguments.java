package org.zegel.door.nativemessaging;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the browser says it starts the host for. Chromium's family gives {@code chrome-extension://ID/} (and on Windows
 * {@code --parent-window=N}); Firefox and Thunderbird give the manifest's path and the add-on's id.
 */
public final class BrowserArguments {
    private static final Pattern CHROMIUM = Pattern.compile("chrome-extension://[a-p]{32}/");

    /** What Mozilla accepts as an add-on's id: a GUID or something like an address. */
    private static final Pattern MOZILLA =
            Pattern.compile("\\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}|[A-Za-z0-9._-]*@[A-Za-z0-9._-]+");

    private static final int MAX_ID = 255;

    private BrowserArguments() {}

    /** The origin a browser named, or empty when these are not a browser's arguments. */
    public static Optional<String> origin(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        if (CHROMIUM.matcher(arguments.getFirst()).matches()) {
            return Optional.of(arguments.getFirst());
        }
        if (arguments.size() >= 2 && arguments.getFirst().endsWith(".json")) {
            String id = arguments.get(1);
            return id.length() <= MAX_ID && MOZILLA.matcher(id).matches() ? Optional.of(id) : Optional.empty();
        }
        return Optional.empty();
    }
}
