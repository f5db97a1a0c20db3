package org.zegel.consent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;

/**
 * Which callers an administrator lets pair, by origin or extension id. Programs of the same person at the local socket
 * have neither and are not named here.
 *
 * @param allowed nobody else; empty: anybody
 */
public record ClientPolicy(Set<String> allowed, Set<String> forbidden) {
    /** Nothing is forbidden. */
    public static final ClientPolicy OPEN = new ClientPolicy(Set.of(), Set.of());

    public ClientPolicy {
        allowed = Set.copyOf(allowed);
        forbidden = Set.copyOf(forbidden);
    }

    void check(Caller caller) throws Failure {
        if (!permits(caller.door(), caller.origin())) {
            throw new Failure(Failure.Kind.POLICY_FORBIDS, "Your organisation's policy does not allow this client.");
        }
    }

    boolean permits(Door door, @Nullable String origin) {
        if (door == Door.SOCKET || door == Door.IN_PROCESS) {
            return true;
        }
        if (origin == null) {
            return allowed.isEmpty();
        }
        return (allowed.isEmpty() || names(allowed, origin)) && !names(forbidden, origin);
    }

    private static boolean names(Set<String> entries, String origin) {
        return entries.stream()
                .anyMatch(entry -> origin.equals(entry)
                        || origin.equals("chrome-extension://" + entry)
                        || origin.equals("chrome-extension://" + entry + "/"));
    }
}
