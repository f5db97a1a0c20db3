package org.zegel.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;

/** Turns a person's yes into a {@link ConsentGranted}; remembers a yes that was given for a while. */
public interface Consent {
    /**
     * May this client use this identity now?
     *
     * @throws Failure {@code CONSENT_DENIED}, {@code CONSENT_TIMEOUT}, {@code NO_PROMPT} or {@code SCOPE_MISSING}
     */
    ConsentGranted forKeyUse(
            Client client,
            Question.Purpose purpose,
            Identity identity,
            @Nullable String subject,
            List<String> recipients)
            throws Failure;

    /** May this client make this change? {@code what} is one sentence made by Zegel. */
    ConsentGranted forChange(Client client, String what) throws Failure;
}
