package org.zegel.consent;

import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A prompter that remembers what became of the questions put to it. */
final class WatchedPrompter implements Prompter {
    private final Prompter prompter;
    private volatile Outcome outcome = Outcome.NOT_ASKED;

    WatchedPrompter(Prompter prompter) {
        this.prompter = prompter;
    }

    /** The last question's end, or none yet. */
    enum Outcome {
        NOT_ASKED,
        /** It is, or was to the end, on the screen. */
        UNANSWERED,
        ALLOWED,
        REFUSED,
        /** There was no way to ask. */
        NOT_SHOWN
    }

    Outcome outcome() {
        return outcome;
    }

    @Override
    public boolean available(Question question) {
        return prompter.available(question);
    }

    @Override
    public Answer ask(Question question) throws Failure {
        Answer answer = watch(() -> prompter.ask(question));
        outcome = switch (answer.decision()) {
            case ONCE, FOR_A_WHILE, ALWAYS -> Outcome.ALLOWED;
            case DENY, DENY_FOREVER -> Outcome.REFUSED;
        };
        return answer;
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        Secret secret = watch(() -> prompter.askSecret(question));
        outcome = Outcome.ALLOWED;
        return secret;
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        Choice choice = watch(() -> prompter.choose(question));
        outcome = Outcome.ALLOWED;
        return choice;
    }

    /** Puts one question to the person. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws Failure;
    }

    private <T> T watch(Asking<T> asking) throws Failure {
        outcome = Outcome.UNANSWERED;
        try {
            return asking.ask();
        } catch (Failure failure) {
            outcome = switch (failure.kind()) {
                case CONSENT_DENIED, PIN_CANCELLED -> Outcome.REFUSED;
                case CONSENT_TIMEOUT, CANCELLED -> Outcome.UNANSWERED;
                default -> Outcome.NOT_SHOWN;
            };
            throw failure;
        }
    }
}
