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

/**
 * Asks the person, in turn, as each client's grant says. A yes "for a while" is remembered in memory, by the clock, for
 * one client, key and use; one for good is kept with the pairing and
 * outlives locking, which forgets the others.
 */
public final class ConsentService implements Consent {
    private final PromptQueue questions;
    private final Grants grants;
    private final ClientPolicy policy;
    private final Duration session;
    private final Clock clock;
    private final Map<Use, Period> allowed = new HashMap<>();
    private final Set<Use> refused = new HashSet<>();

    /** {@code session}: how long a yes for a while lasts; zero means never. */
    public ConsentService(PromptQueue questions, Grants grants, ClientPolicy policy, Duration session, Clock clock) {
        this.questions = questions;
        this.grants = grants;
        this.policy = policy;
        this.session = session;
        this.clock = clock;
    }

    /** What a remembered answer is about. */
    private record Use(String client, IdentityId identity, Question.Purpose purpose) {
        StandingYes standing() {
            return new StandingYes(identity, purpose);
        }
    }

    /** How long an answer counts. A clock that was set back before its beginning ends it: it would last ever longer. */
    private record Period(Instant from, Instant until) {
        boolean contains(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    @Override
    public ConsentGranted forKeyUse(Client client, Question.Purpose purpose, Identity identity, Question.About about)
            throws Failure {
        checkScopes(client.scopes(), purpose);
        Use use = new Use(client.id(), identity.id(), purpose);
        if (!isAllowed(client, use)) {
            // Looked at again when the turn has come: the answer to the question before may cover this one.
            questions.inTurn(
                    Asker.of(client),
                    client.caller(),
                    prompter -> isAllowed(client, use) || ask(client, use, identity, about, prompter));
        }
        return new ConsentGranted(client.caller(), client.name(), purpose, identity.id(), questions.of(client));
    }

    private boolean ask(Client client, Use use, Identity identity, Question.About about, Prompter prompter)
            throws Failure {
        Question.Lasting lasting = lasting(client, use.purpose());
        Set<PolicyNote> notes = mayBeRemembered(use.purpose()) ? policy.yesNotes() : Set.of();
        Answer answer = prompter.ask(
                new Question.KeyUse(client.caller(), client.name(), use.purpose(), identity, about, lasting, notes));
        // The grant may have become another one, or none, while the person was thinking.
        grantFor(client, use);
        return decide(client, use, identity, answer, lasting);
    }

    /** What is in force, which must cover the use. */
    private Grant grantFor(Client client, Use use) throws Failure {
        Grant grant = grants.inForce(client);
        checkScopes(grant.scopes(), use.purpose());
        Set<IdentityId> only = grant.identities();
        if (only != null && !only.contains(use.identity())) {
            throw notAllowed(use.identity());
        }
        return grant;
    }

    /** How long a yes to this client may count, by its grant and the policy. */
    private Question.Lasting lasting(Client client, Question.Purpose purpose) throws Failure {
        if (!mayBeRemembered(purpose)) {
            return Question.Lasting.ONCE;
        }
        Asking asking = grants.inForce(client).asking();
        return switch (asking.kind()) {
            case EACH_TIME -> Question.Lasting.ONCE;
            case USUAL -> new Question.Lasting(policy.limit(session), false, grants.mayStand(client));
            case MINUTES -> new Question.Lasting(asking.period(), true, grants.mayStand(client));
            case NEVER -> new Question.Lasting(session, false, grants.mayStand(client));
        };
    }

    @Override
    public ConsentGranted forChange(Client client, PlannedChange what) throws Failure {
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
        require(client.scopes(), Scope.SIGN);
        return questions
                .of(client)
                .choose(new ChoiceQuestion.ChooseIdentity(
                        client.caller(), client.name(), address, subject, identities));
    }

    @Override
    public Choice chooseCertificate(Client client, String address, List<X509Certificate> certificates) throws Failure {
        require(client.scopes(), Scope.ENCRYPT);
        return questions
                .of(client)
                .choose(new ChoiceQuestion.ChooseCertificate(client.caller(), client.name(), address, certificates));
    }

    private ConsentGranted change(Client client, Question question) throws Failure {
        require(client.scopes(), Scope.MANAGE);
        Answer answer = questions.of(client).ask(question);
        // It may be revoked while the person was thinking.
        require(grants.inForce(client).scopes(), Scope.MANAGE);
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

    @Override
    public synchronized void forgetYesesForAWhile() {
        allowed.clear();
    }

    private synchronized void forgetAnswers(String client) {
        allowed.keySet().removeIf(use -> use.client().equals(client));
        refused.removeIf(use -> use.client().equals(client));
    }

    /** Whether nobody has to be asked. */
    private boolean isAllowed(Client client, Use use) throws Failure {
        Grant grant = grantFor(client, use);
        if (isRefused(use)) {
            throw denied();
        }
        if (!mayBeRemembered(use.purpose())) {
            return false;
        }
        return switch (grant.asking().kind()) {
            case NEVER -> true;
            case USUAL, MINUTES -> grants.stands(client.id(), use.standing()) || isRemembered(use);
            case EACH_TIME -> false;
        };
    }

    private synchronized boolean isRefused(Use use) {
        return refused.contains(use);
    }

    private synchronized boolean isRemembered(Use use) {
        Period period = allowed.get(use);
        if (period == null || !period.contains(clock.instant())) {
            allowed.remove(use);
            return false;
        }
        return true;
    }

    private boolean decide(Client client, Use use, Identity identity, Answer answer, Question.Lasting lasting)
            throws Failure {
        switch (answer.decision()) {
            case ONCE -> {
                if (lasting.everyYes()) {
                    remember(use, lasting);
                }
                return true;
            }
            case FOR_A_WHILE -> {
                remember(use, lasting);
                return true;
            }
            case ALWAYS -> {
                if (lasting.always()) {
                    grants.stand(client, identity, use.purpose());
                } else {
                    remember(use, lasting);
                }
                return true;
            }
            case DENY_FOREVER -> refuse(use);
            case DENY -> {}
        }
        throw denied();
    }

    private synchronized void remember(Use use, Question.Lasting lasting) {
        if (!lasting.period().isZero()) {
            Instant now = clock.instant();
            allowed.put(use, new Period(now, now.plus(lasting.period())));
        }
    }

    private synchronized void refuse(Use use) {
        refused.add(use);
    }

    /** A yes to what cannot be shown, or to handing out a key, is for that one time. */
    public static boolean mayBeRemembered(Question.Purpose purpose) {
        return switch (purpose) {
            case SIGN, DECRYPT -> true;
            case SIGN_RAW, DECRYPT_RAW, EXPORT, CHANGE -> false;
        };
    }

    private static void checkScopes(Set<Scope> granted, Question.Purpose purpose) throws Failure {
        switch (purpose) {
            case SIGN -> require(granted, Scope.SIGN);
            case DECRYPT -> require(granted, Scope.DECRYPT);
            case SIGN_RAW -> require(granted, Scope.SIGN, Scope.RAW_CMS);
            case DECRYPT_RAW -> require(granted, Scope.DECRYPT, Scope.RAW_CMS);
            case EXPORT -> require(granted, Scope.MANAGE);
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        }
    }

    private static void require(Set<Scope> granted, Scope... scopes) throws Failure {
        for (Scope scope : scopes) {
            if (!granted.contains(scope)) {
                throw new Failure(
                        Failure.Kind.SCOPE_MISSING,
                        "This client was not allowed to do that when it was paired. Pair it again and ask for it.",
                        Map.of("scope", ScopeNames.name(scope)));
            }
        }
    }

    /** The same wherever a client names an identity that it was not given. */
    public static Failure notAllowed(IdentityId identity) {
        return new Failure(
                Failure.Kind.IDENTITY_NOT_ALLOWED,
                "This client may not use this identity. \"zegel client allow\" lets it.",
                Map.of("identity", identity.value()));
    }

    private static Failure denied() {
        return new Failure(Failure.Kind.CONSENT_DENIED, "The person said no.");
    }
}
