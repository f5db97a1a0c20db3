package org.zegel.consent;

import java.util.Set;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A person for tests: says yes to everything, gives all the scopes asked, knows no secret and chooses nothing. */
public class TestPrompter implements Prompter {
    @Override
    public boolean available(Question question) {
        return true;
    }

    @Override
    public Answer ask(Question question) throws Failure {
        return yes(question);
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        throw new Failure(Failure.Kind.PIN_CANCELLED, "No secrets in this test.");
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        throw new Failure(Failure.Kind.NO_PROMPT, "No choices in this test.");
    }

    /** Once, and with all the scopes where it is a pairing. */
    protected static Answer yes(Question question) {
        return new Answer(
                Answer.Decision.ONCE, question instanceof Question.Pairing pairing ? pairing.scopes() : Set.of());
    }
}
