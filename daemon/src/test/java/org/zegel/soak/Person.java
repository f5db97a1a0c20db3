package org.zegel.soak;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestPrompter;
import org.zegel.fixtures.KnownSecrets;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Says yes, but for every tenth use of a key, and takes a moment for each answer. */
final class Person extends TestPrompter {
    static final String PASSPHRASE = KnownSecrets.know("passphrase", "kastanje-Vliegwiel-7392-soak");

    private static final int NO_EVERY = 10;
    private static final long MOMENT_MILLIS = 3;

    private final AtomicLong uses = new AtomicLong();
    private final boolean agreesToAll;

    Person(boolean agreesToAll) {
        this.agreesToAll = agreesToAll;
    }

    @Override
    public Answer ask(Question question) throws Failure {
        think();
        if (question instanceof Question.Pairing pairing) {
            return new Answer(Answer.Decision.ONCE, pairing.scopes());
        }
        boolean no = question instanceof Question.KeyUse && uses.incrementAndGet() % NO_EVERY == 0 && !agreesToAll;
        return new Answer(no ? Answer.Decision.DENY : Answer.Decision.ONCE, Set.of());
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        think();
        return Secret.takeOver(PASSPHRASE.toCharArray());
    }

    private static void think() throws Failure {
        try {
            Thread.sleep(MOMENT_MILLIS);
        } catch (InterruptedException withdrawn) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.Kind.CANCELLED, "withdrawn");
        }
    }
}
