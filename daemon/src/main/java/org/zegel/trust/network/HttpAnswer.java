package org.zegel.trust.network;

import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer, read whole.
 *
 * @param fields by lower-case name; of several the first
 */
record HttpAnswer(int status, Map<String, String> fields, byte[] body) {
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    boolean redirects() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
