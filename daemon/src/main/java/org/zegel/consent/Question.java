package org.zegel.consent;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Identity;
import org.zegel.model.Scope;

/** What a person is asked. Every text in it that came from a client or a message is hostile data. */
public sealed interface Question {
    /** Who makes Zegel ask. */
    Caller caller();

    /** A client wants to be paired; {@code code} is the short code that the client shows as well. */
    record Pairing(Caller caller, String clientName, Set<Scope> scopes, String code) implements Question {}

    /** A client wants a key to be used. {@code subject} and {@code recipients} describe the message, where known. */
    record KeyUse(
            Caller caller,
            String clientName,
            Purpose purpose,
            Identity identity,
            @Nullable String subject,
            List<String> recipients)
            implements Question {}

    /** A client wants something changed (import, trust, remove); {@code what} is a sentence made by Zegel. */
    record Change(Caller caller, String clientName, String what) implements Question {}

    /** What a yes is good for: one use of a key, handing a key out, or a change in which no key is used. */
    enum Purpose {
        SIGN,
        DECRYPT,
        SIGN_RAW,
        DECRYPT_RAW,
        EXPORT,
        CHANGE
    }
}
