package org.zegel.consent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;
import org.zegel.model.Secret;

/**
 * The person's yes to one use of one identity (or to one change of a store). Only this package makes one; no private
 * key is used without it. It also carries the way to ask for the PIN that this use may need.
 */
public final class ConsentGranted {
    private final Caller caller;
    private final String clientName;
    private final Question.Purpose purpose;
    private final @Nullable IdentityId identity;
    private final Prompter prompter;

    ConsentGranted(
            Caller caller,
            String clientName,
            Question.Purpose purpose,
            @Nullable IdentityId identity,
            Prompter prompter) {
        this.caller = caller;
        this.clientName = clientName;
        this.purpose = purpose;
        this.identity = identity;
        this.prompter = prompter;
    }

    public Caller caller() {
        return caller;
    }

    public String clientName() {
        return clientName;
    }

    public Question.Purpose purpose() {
        return purpose;
    }

    /** Whether this is the person's yes to that use of that identity, and no other. */
    public boolean covers(Question.Purpose use, IdentityId of) {
        return purpose == use && of.equals(identity);
    }

    /** The one identity this is about; empty for a change of a store. */
    public Optional<IdentityId> identity() {
        return Optional.ofNullable(identity);
    }

    /**
     * Tells the person to type the PIN at the reader, and waits until they are ready to.
     *
     * @throws Failure {@code PIN_CANCELLED} when they are not; {@code CONSENT_TIMEOUT} or {@code NO_PROMPT}
     */
    public void announcePinAtReader(String storeName, boolean lastTry, boolean wrong) throws Failure {
        Answer answer = prompter.ask(new Question.PinAtReader(caller, clientName, storeName, lastTry, wrong));
        switch (answer.decision()) {
            case ONCE, FOR_A_WHILE, ALWAYS -> {}
            case DENY, DENY_FOREVER ->
                throw new Failure(Failure.Kind.PIN_CANCELLED, "The person did not want to type the PIN.");
        }
    }

    /** Asks the person for the secret that this use needs; the caller closes it. */
    public Secret askSecret(SecretQuestion.Kind kind, String storeName, @Nullable Integer triesLeft, boolean wrong)
            throws Failure {
        return prompter.askSecret(new SecretQuestion(caller, kind, storeName, triesLeft, wrong));
    }
}
