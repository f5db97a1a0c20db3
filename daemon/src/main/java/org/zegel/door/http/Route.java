package org.zegel.door.http;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What there is at this door. Everything else is 404. */
enum Route {
    HELLO("/hello", Set.of("POST"), true),
    PAIR("/pair", Set.of("POST"), true),
    RPC("/rpc", Set.of("POST"), false),
    CONTENTS("/content", Set.of("PUT"), false),
    CONTENT("/content/[A-Za-z0-9_-]{1,128}", Set.of("PUT", "GET"), false),
    EVENTS("/events", Set.of("GET"), false);

    private final Pattern path;
    private final Set<String> methods;
    private final boolean open;

    Route(String path, Set<String> methods, boolean open) {
        this.path = Pattern.compile(path);
        this.methods = methods;
        this.open = open;
    }

    static Optional<Route> at(String path) {
        for (Route route : values()) {
            if (route.path.matcher(path).matches()) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    Set<String> methods() {
        return methods;
    }

    /** For anyone, before pairing. */
    boolean open() {
        return open;
    }
}
