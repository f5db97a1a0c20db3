package org.zegel.consent;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Client;

/**
 * Whose questions stand in one line: a paired client, over all its connections and requests, or a caller that is not
 * paired, as far as it can be told from others.
 *
 * @param paired what it costs to be another one: a person's yes, or nothing
 * @param name of the client, where it is paired
 */
record Asker(String key, boolean paired, @Nullable String name) {
    private static final String CLIENT = "client ";

    static Asker of(Client client) {
        return new Asker(CLIENT + client.id(), true, client.name());
    }

    boolean isClient(String id) {
        return key.equals(CLIENT + id);
    }

    /** The id of a paired client. */
    @Nullable
    String client() {
        return paired ? key.substring(CLIENT.length()) : null;
    }

    static Asker stranger(Caller caller) {
        String who = caller.origin() != null
                ? "origin " + caller.origin()
                : caller.program() != null ? "program " + caller.user() + " " + caller.program() : "unknown";
        return new Asker(caller.door() + " " + who, false, null);
    }
}
