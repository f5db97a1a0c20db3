package org.zegel.consent;

import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Asks the person. One question at a time; each call blocks until answered, refused or timed out. */
public interface Prompter {
    /** Whether there is any way to ask (a display or a terminal) for this caller. */
    boolean available(Question question);

    /** Asks a question that is answered by yes, yes for a while, or no. */
    Answer ask(Question question) throws Failure;

    /**
     * Asks for a PIN or passphrase.
     *
     * @throws Failure {@code PIN_CANCELLED}, {@code CONSENT_TIMEOUT} or {@code NO_PROMPT}
     */
    Secret askSecret(SecretQuestion question) throws Failure;

    /**
     * Lets the person choose one of several.
     *
     * @throws Failure {@code CONSENT_DENIED} when they chose none, {@code CONSENT_TIMEOUT} or {@code NO_PROMPT}
     */
    Choice choose(ChoiceQuestion question) throws Failure;
}
