package org.zegel.consent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Secret;

/** Makes consents for tests, with a person who types the given secrets in order and cancels when they run out. */
public final class TestConsent extends TestPrompter {
    public static final Caller CALLER = new Caller(Door.IN_PROCESS, null, null, null, "test");

    private final Deque<char[]> secrets = new ArrayDeque<>();
    private final List<SecretQuestion> asked = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private Answer.Decision decision = Answer.Decision.ONCE;

    private TestConsent(char[]... secrets) {
        this.secrets.addAll(List.of(secrets));
    }

    /** A person who will type these secrets; {@link #asked()} tells what they were asked. */
    public static TestConsent person(char[]... secrets) {
        return new TestConsent(secrets);
    }

    /** A yes to decrypting and signing with one identity. */
    public static ConsentGranted granting(Identity identity, char[]... secrets) {
        return person(secrets).forKeyUse(identity);
    }

    /** A yes to a change of a store. */
    public static ConsentGranted change(char[]... secrets) {
        return person(secrets).forChange();
    }

    public ConsentGranted forKeyUse(Identity identity) {
        return forKeyUse(identity, Question.Purpose.SIGN);
    }

    public ConsentGranted forKeyUse(Identity identity, Question.Purpose purpose) {
        return new ConsentGranted(CALLER, "test", purpose, identity.id(), this);
    }

    public ConsentGranted forChange() {
        return new ConsentGranted(CALLER, "test", Question.Purpose.CHANGE, null, this);
    }

    /** Who gives this answer to every question. */
    public TestConsent answering(Answer.Decision given) {
        decision = given;
        return this;
    }

    /** The questions so far that are answered by yes or no. */
    public synchronized List<Question> questions() {
        return List.copyOf(questions);
    }

    @Override
    public synchronized Answer ask(Question question) throws Failure {
        questions.add(question);
        return decision == Answer.Decision.ONCE ? super.ask(question) : Answer.of(decision);
    }

    /** The secrets asked for so far, in order. */
    public synchronized List<SecretQuestion> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized Secret askSecret(SecretQuestion question) throws Failure {
        asked.add(question);
        char[] next = secrets.poll();
        if (next == null) {
            throw new Failure(Failure.Kind.PIN_CANCELLED, "The test's person cancelled.");
        }
        return Secret.takeOver(next.clone());
    }
}
