package org.zegel.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestPrompter;
import org.zegel.fixtures.KnownSecrets;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A person who always says the same, types one passphrase, and remembers what was asked. */
final class ScriptedPrompter extends TestPrompter {
    static final String PASSPHRASE = KnownSecrets.know("passphrase", "correct horse battery");

    final List<Question> questions = new ArrayList<>();
    final List<SecretQuestion> secrets = new ArrayList<>();
    final List<ChoiceQuestion> choices = new ArrayList<>();
    volatile Answer.Decision decision = Answer.Decision.ONCE;

    /** Says yes to a pairing, and to none of its scopes. */
    volatile boolean ticksNone;

    /** Null: there is no way to choose. */
    volatile @Nullable Choice choice;

    /** Chooses none of what is offered. */
    volatile boolean choosesNone;

    @Override
    public synchronized Answer ask(Question question) {
        questions.add(question);
        return question instanceof Question.Pairing pairing
                ? new Answer(decision, ticksNone ? Set.of() : pairing.scopes())
                : Answer.of(decision);
    }

    @Override
    public synchronized Secret askSecret(SecretQuestion question) throws Failure {
        secrets.add(question);
        return Secret.takeOver(PASSPHRASE.toCharArray());
    }

    @Override
    public synchronized Choice choose(ChoiceQuestion question) throws Failure {
        choices.add(question);
        if (choosesNone) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "The person chose none.");
        }
        Choice chosen = choice;
        if (chosen == null) {
            return super.choose(question);
        }
        return chosen;
    }

    synchronized <T extends Question> List<T> asked(Class<T> kind) {
        return questions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
