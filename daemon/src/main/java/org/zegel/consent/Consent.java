package org.zegel.consent;

import java.security.cert.X509Certificate;
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
    ConsentGranted forKeyUse(Client client, Question.Purpose purpose, Identity identity, Question.About about)
            throws Failure;

    /** May this client make this change? */
    ConsentGranted forChange(Client client, PlannedChange what) throws Failure;

    /** May this client make Zegel rely on this certificate, or never rely on it? */
    ConsentGranted forTrust(Client client, X509Certificate certificate, Question.Reliance reliance) throws Failure;

    /**
     * Which of these identities signs for the address? Choosing is not consent: the use is asked for as any.
     *
     * @throws Failure {@code CONSENT_DENIED} when the person chose none, {@code CONSENT_TIMEOUT}, {@code NO_PROMPT} or
     *     {@code SCOPE_MISSING}
     */
    Choice chooseIdentity(Client client, String address, @Nullable String subject, List<Identity> identities)
            throws Failure;

    /** Which of these certificates is encrypted to? Failures as with {@link #chooseIdentity}. */
    Choice chooseCertificate(Client client, String address, List<X509Certificate> certificates) throws Failure;

    /**
     * Forgets every yes for a while, of all clients: whoever locks the keys, or the screen, goes away. A yes for good is
     * part of the grant and stays, and so does a lasting no.
     */
    void forgetYesesForAWhile();
}
