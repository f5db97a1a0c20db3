package org.zegel.consent;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;

/** Asks the person, in turn, and remembers a yes "for a while" by the clock: in memory, for one client and one key. */
public final class ConsentService implements Consent {
    private final PromptQueue questions;
    private final Duration session;
    private final Clock clock;
    private final Map<Use, Instant> allowedUntil = new HashMap<>();
    private final Set<Use> refused = new HashSet<>();

    /** {@code session}: how long a yes for a while lasts; zero means never. */
    public ConsentService(PromptQueue questions, Duration session, Clock clock) {
        this.questions = questions;
        this.session = session;
        this.clock = clock;
    }

    /** What a remembered answer is about. */
    private record Use(String client, IdentityId identity, Question.Purpose purpose) {}

    @Override
    public ConsentGranted forKeyUse(Client client, Question.Purpose purpose, Identity identity, Question.About about)
            throws Failure {
        checkScopes(client, purpose);
        Use use = new Use(client.id(), identity.id(), purpose);
        Question question = new Question.KeyUse(client.caller(), client.name(), purpose, identity, about, Set.of());
        if (!isRemembered(use)) {
            // Asked again when the turn has come: the answer to the question before may cover this one.
            questions.inTurn(
                    Asker.of(client),
                    client.caller(),
                    prompter -> isRemembered(use) || decide(use, prompter.ask(question)));
        }
        return new ConsentGranted(client.caller(), client.name(), purpose, identity.id(), questions.of(client));
    }

    @Override
    public ConsentGranted forChange(Client client, String what) throws Failure {
        return change(client, new Question.Change(client.caller(), client.name(), what));
    }

    @Override
    public ConsentGranted forTrust(Client client, X509Certificate certificate, Question.Reliance reliance)
            throws Failure {
        return change(client, new Question.TrustCertificate(client.caller(), client.name(), certificate, reliance));
    }

    @Override
    public Choice chooseIdentity(Client client, String address, @Nullable String subject, List<Identity> identities)
            throws Failure {
        require(client, Scope.SIGN);
        return questions
                .of(client)
                .choose(new ChoiceQuestion.ChooseIdentity(
                        client.caller(), client.name(), address, subject, identities));
    }

    @Override
    public Choice chooseCertificate(Client client, String address, List<X509Certificate> certificates) throws Failure {
        require(client, Scope.ENCRYPT);
        return questions
                .of(client)
                .choose(new ChoiceQuestion.ChooseCertificate(client.caller(), client.name(), address, certificates));
    }

    private ConsentGranted change(Client client, Question question) throws Failure {
        require(client, Scope.MANAGE);
        Answer answer = questions.of(client).ask(question);
        switch (answer.decision()) {
            case ONCE, FOR_A_WHILE, ALWAYS -> {
                return new ConsentGranted(
                        client.caller(), client.name(), Question.Purpose.CHANGE, null, questions.of(client));
            }
            case DENY, DENY_FOREVER -> throw denied();
        }
        throw denied();
    }

    /** Takes back the open questions of a connection that is gone, or of one call. */
    public void withdraw(Caller caller) {
        questions.withdraw(caller);
    }

    /** Takes back what a client asks and forgets every answer about it, since it was revoked. */
    public void forget(String client) {
        forgetAnswers(client);
        questions.withdrawAll(client);
    }

    private synchronized void forgetAnswers(String client) {
        allowedUntil.keySet().removeIf(use -> use.client().equals(client));
        refused.removeIf(use -> use.client().equals(client));
    }

    private synchronized boolean isRemembered(Use use) throws Failure {
        if (refused.contains(use)) {
            throw denied();
        }
        Instant until = allowedUntil.get(use);
        if (until == null || !clock.instant().isBefore(until)) {
            allowedUntil.remove(use);
            return false;
        }
        return true;
    }

    private synchronized boolean decide(Use use, Answer answer) throws Failure {
        switch (answer.decision()) {
            case ONCE -> {
                return true;
            }
            case FOR_A_WHILE, ALWAYS -> {
                if (mayBeRemembered(use.purpose())) {
                    allowedUntil.put(use, clock.instant().plus(session));
                }
                return true;
            }
            case DENY_FOREVER -> refused.add(use);
            case DENY -> {}
        }
        throw denied();
    }

    /** A yes to what cannot be shown, or to handing out a key, is for that one time. */
    public static boolean mayBeRemembered(Question.Purpose purpose) {
        return switch (purpose) {
            case SIGN, DECRYPT -> true;
            case SIGN_RAW, DECRYPT_RAW, EXPORT, CHANGE -> false;
        };
    }

    private static void checkScopes(Client client, Question.Purpose purpose) throws Failure {
        switch (purpose) {
            case SIGN -> require(client, Scope.SIGN);
            case DECRYPT -> require(client, Scope.DECRYPT);
            case SIGN_RAW -> require(client, Scope.SIGN, Scope.RAW_CMS);
            case DECRYPT_RAW -> require(client, Scope.DECRYPT, Scope.RAW_CMS);
            case EXPORT -> require(client, Scope.MANAGE);
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        }
    }

    private static void require(Client client, Scope... scopes) throws Failure {
        for (Scope scope : scopes) {
            if (!client.scopes().contains(scope)) {
                throw new Failure(
                        Failure.Kind.SCOPE_MISSING,
                        "This client was not allowed to do that when it was paired. Pair it again and ask for it.",
                        Map.of("scope", ScopeNames.name(scope)));
            }
        }
    }

    private static Failure denied() {
        return new Failure(Failure.Kind.CONSENT_DENIED, "The person said no.");
    }
}
