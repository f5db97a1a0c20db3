package org.zegel.door.nativemessaging;

import java.util.List;
import java.util.Optional;
import org.zegel.model.ExtensionOrigin;

/**
 * Whom the browser says it starts the host for. Chromium's family gives {@code chrome-extension://ID/} (and on Windows
 * {@code --parent-window=N}); Firefox and Thunderbird give the manifest's path and the add-on's id.
 */
public final class BrowserArguments {
    private BrowserArguments() {}

    /** The origin a browser named, or empty when these are not a browser's arguments. */
    public static Optional<String> origin(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        if (ExtensionOrigin.isChromium(arguments.getFirst())) {
            return Optional.of(arguments.getFirst());
        }
        if (arguments.size() >= 2 && arguments.getFirst().endsWith(".json")) {
            return Optional.of(arguments.get(1)).filter(ExtensionOrigin::isMozilla);
        }
        return Optional.empty();
    }
}
