package org.zegel.operation.recipient;

import java.util.SortedMap;
import org.zegel.directory.RecipientPreferences;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;

/** The certificates that the person chose to keep for recipients, and the way back to being asked. */
public final class RecipientChoices {
    private final RecipientPreferences preferences;

    public RecipientChoices(RecipientPreferences preferences) {
        this.preferences = preferences;
    }

    /** By address the lower-case hexadecimal SHA-256 of the certificate chosen; a renewal may be used in its stead. */
    public SortedMap<String, String> all() throws Failure {
        return preferences.all();
    }

    /**
     * Forgets the choice for the address. Nobody is asked: it only makes Zegel ask again.
     *
     * @throws Failure {@code CERTIFICATE_NOT_FOUND} where there was none
     */
    public void forget(EmailAddress address) throws Failure {
        if (!preferences.forget(address)) {
            throw new Failure(
                    Failure.Kind.CERTIFICATE_NOT_FOUND,
                    "No certificate was chosen for this address. recipient.choices tells which were.");
        }
    }
}
