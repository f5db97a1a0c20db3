package org.zegel.app.throwaway;

import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Says yes to pairings, where there are no keys but throwaway ones; to nothing else. */
final class ThrowawayPrompter implements Prompter {
    @Override
    public boolean available(Question question) {
        return question instanceof Question.Pairing;
    }

    @Override
    public Answer ask(Question question) {
        return switch (question) {
            case Question.Pairing pairing -> new Answer(Answer.Decision.ONCE, pairing.scopes());
            case Question.KeyUse _ -> Answer.of(Answer.Decision.DENY);
            case Question.Change _ -> Answer.of(Answer.Decision.DENY);
            case Question.PinAtReader _ -> Answer.of(Answer.Decision.DENY);
            case Question.TrustCertificate _ -> Answer.of(Answer.Decision.DENY);
        };
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        throw new Failure(Failure.Kind.NO_PROMPT, "Throwaway keys have no secrets.");
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        throw new Failure(Failure.Kind.NO_PROMPT, "There is nothing to choose from.");
    }
}
