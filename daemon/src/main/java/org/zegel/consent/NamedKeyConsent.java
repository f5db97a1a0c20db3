package org.zegel.consent;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;

/**
 * Consent for keys that this process was given or made itself: naming a key file on the command line is consent for
 * that file alone. Every other key is asked for as always.
 */
public final class NamedKeyConsent implements Consent {
    private final Consent others;
    private final Set<StoreId> named;
    private final PromptQueue questions;

    /** {@code named}: stores in memory that hold nothing but such keys. */
    public NamedKeyConsent(Consent others, Set<StoreId> named, PromptQueue questions) {
        this.others = others;
        this.named = Set.copyOf(named);
        this.questions = questions;
    }

    @Override
    public ConsentGranted forKeyUse(Client client, Question.Purpose purpose, Identity identity, Question.About about)
            throws Failure {
        return named.contains(identity.store())
                ? new ConsentGranted(client.caller(), client.name(), purpose, identity.id(), questions.of(client))
                : others.forKeyUse(client, purpose, identity, about);
    }

    @Override
    public ConsentGranted forChange(Client client, PlannedChange what) throws Failure {
        return others.forChange(client, what);
    }

    @Override
    public ConsentGranted forTrust(Client client, X509Certificate certificate, Question.Reliance reliance)
            throws Failure {
        return others.forTrust(client, certificate, reliance);
    }

    @Override
    public Choice chooseIdentity(Client client, String address, @Nullable String subject, List<Identity> identities)
            throws Failure {
        return others.chooseIdentity(client, address, subject, identities);
    }

    @Override
    public Choice chooseCertificate(Client client, String address, List<X509Certificate> certificates) throws Failure {
        return others.chooseCertificate(client, address, certificates);
    }

    @Override
    public void forgetYesesForAWhile() {
        others.forgetYesesForAWhile();
    }
}
