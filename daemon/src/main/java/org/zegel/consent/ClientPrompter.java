package org.zegel.consent;

import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** The queue as one paired client stands in it. */
record ClientPrompter(PromptQueue queue, Asker asker) implements Prompter {
    @Override
    public boolean available(Question question) {
        return queue.available(question);
    }

    @Override
    public Answer ask(Question question) throws Failure {
        return queue.inTurn(asker, question.caller(), ready -> ready.ask(question));
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return queue.inTurn(asker, question.caller(), ready -> ready.askSecret(question));
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        return queue.inTurn(asker, question.caller(), ready -> ready.choose(question));
    }
}
