package org.zegel.app.wiring;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Decision;
import org.zegel.consent.DecisionLog;
import org.zegel.consent.PairedClient;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.KebabCase;
import org.zegel.model.Scope;

/** Decisions about clients, as lines of the audit log. */
final class AuditedDecisions implements DecisionLog {
    /** The client of a line about somebody who was not let in. */
    static final String NOBODY = "none";

    private static final String PAIR = "client.pair";

    private final AuditLog audit;

    AuditedDecisions(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public <T extends @Nullable Object> T recorded(Decision decision, Step<T> step) throws Failure {
        return audit.recorded(line(decision), step::run);
    }

    private static AuditEvent line(Decision decision) {
        return switch (decision) {
            case Decision.LetIn(PairedClient client) ->
                AuditEvent.of(client.id(), client.name(), PAIR)
                        .withDetail(words(
                                KebabCase.of(client.door()),
                                client.origin(),
                                client.program(),
                                scopes(client.scopes()),
                                client.approved() ? "approved by policy" : null));
            case Decision.TurnedAway away -> {
                Caller caller = away.caller();
                yield AuditEvent.of(NOBODY, away.name(), PAIR)
                        .withOutcome(KebabCase.of(away.why()))
                        .withDetail(words(
                                away.forGood() ? "for good" : null,
                                KebabCase.of(caller.door()),
                                caller.origin(),
                                caller.program(),
                                scopes(away.asked())));
            }
            case Decision.CutOff(var client, var name, Caller caller, Duration length) ->
                AuditEvent.of(client == null ? NOBODY : client, name, "client.cutOff")
                        .withDetail(words(
                                "asked too often; no questions for " + length.toSeconds() + " seconds",
                                KebabCase.of(caller.door()),
                                caller.origin(),
                                caller.program()));
            case Decision.Ended(PairedClient client, boolean byPolicy) ->
                AuditEvent.of(client.id(), client.name(), "client.expire")
                        .withDetail(byPolicy ? "ended by policy" : "its time is over");
            case Decision.NotAskedAgain(var client, var identity, var purpose) ->
                AuditEvent.of(client, "client.grant")
                        .withKey(identity.id().value(), Fingerprint.sha256(identity.certificate()))
                        .withDetail("not asked again: " + KebabCase.of(purpose));
        };
    }

    private static String words(@Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    private static String scopes(Collection<Scope> scopes) {
        return scopes.stream().map(KebabCase::of).sorted().collect(Collectors.joining(" "));
    }
}
