package org.zegel.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A person made of code: answers as told, and can be slow. */
final class ScriptedPrompter extends TestPrompter {
    final List<Question> asked = new ArrayList<>();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile Answer.Decision decision = Answer.Decision.ONCE;
    volatile CountDownLatch hold = new CountDownLatch(0);
    volatile boolean interrupted;

    @Override
    public Answer ask(Question question) throws Failure {
        synchronized (asked) {
            asked.add(question);
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            hold.await();
            Thread.sleep(2);
        } catch (InterruptedException withdrawn) {
            interrupted = true;
            throw new Failure(Failure.Kind.CANCELLED, "withdrawn");
        } finally {
            atOnce.decrementAndGet();
        }
        return new Answer(
                decision, question instanceof Question.Pairing pairing ? pairing.scopes() : java.util.Set.of());
    }

    @Override
    public Secret askSecret(SecretQuestion question) {
        return Secret.takeOver("1234".toCharArray());
    }

    int count() {
        synchronized (asked) {
            return asked.size();
        }
    }

    Question last() {
        synchronized (asked) {
            return asked.getLast();
        }
    }
}
