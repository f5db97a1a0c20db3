package org.zegel.operation.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.Grant;
import org.zegel.consent.Grants;
import org.zegel.consent.PairedClient;
import org.zegel.consent.Pairings;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.StandingYes;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.operation.ChangeLog;

/** The paired clients and their grants. */
public final class Clients {
    private final Pairings pairings;
    private final Grants grants;
    private final Consent consent;
    private final ChangeLog changes;
    private final Clock clock;

    public Clients(Pairings pairings, Consent consent, ChangeLog changes, Clock clock) {
        this.pairings = pairings;
        this.grants = pairings.grants();
        this.consent = consent;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A client as the policy leaves it.
     *
     * @param always what it is not asked about
     * @param ended its time is over, or the policy ended it
     */
    public record Entry(PairedClient client, List<StandingYes> always, boolean ended) {}

    /** The calling client's own grant. */
    public Entry self(Client client) throws Failure {
        PairedClient own = grants.find(client.id())
                .orElseThrow(() -> new Failure(
                        Failure.Kind.NOT_PAIRED, "This caller has no pairing: it works in Zegel's own process."));
        return entry(own);
    }

    public List<Entry> list() throws Failure {
        List<Entry> entries = new ArrayList<>();
        for (PairedClient client : grants.list()) {
            entries.add(entry(client));
        }
        return entries;
    }

    /** Ends the pairing at once; the client's connections are nobody's from then on. */
    public void revoke(String id, Client by) throws Failure {
        PairedClient revoked = named(id);
        changes.changed(
                AuditEvent.of(by, id.equals(by.id()) ? "client.unpair" : "client.revoke")
                        .withDetail(id + " (" + revoked.name() + ")"),
                () -> grants.revoke(id));
    }

    /**
     * Gives a client another grant; asks the person where it is more, in any respect, than the one in force.
     *
     * @throws Failure {@code INVALID_PARAMETERS}, {@code POLICY_FORBIDS}, and what consent answers
     */
    public Entry change(String id, Grant grant, Client by) throws Failure {
        PairedClient before = named(id);
        if (grant.scopes().isEmpty()) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, "scopes must name at least one; client.revoke ends a client.");
        }
        if (grant.identities() != null && grant.identities().size() > Grant.MAX_IDENTITIES) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, "identities has more than " + Grant.MAX_IDENTITIES + ".");
        }
        if (grant.expiresAt() != null && !grant.expiresAt().isAfter(clock.instant())) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, "expiresAt is in the past; client.revoke ends a client now.");
        }
        grants.check(id, grant);
        AuditEvent event = AuditEvent.of(by, "client.change").withDetail(id + ": " + GrantWords.of(before, grant));
        boolean more = isMore(grant, before);
        if (more) {
            PlannedChange wider = new PlannedChange.WidenGrant(before.name(), before.origin(), grant);
            changes.asked(event, () -> consent.forChange(by, wider));
        }
        changes.changed(event, () -> {
            if (!more && isMore(grant, named(id))) {
                throw new Failure(
                        Failure.Kind.BUSY, "This client's grant has just become another one. Look at it again.");
            }
            grants.change(id, grant);
        });
        return entry(named(id));
    }

    /** Callers that were refused for good may ask again, if the person says yes; how many they were. */
    public int forgetDenied(Client by) throws Failure {
        AuditEvent event = AuditEvent.of(by, "client.forgetDenied");
        changes.asked(event, () -> consent.forChange(by, new PlannedChange.ForgetRefusals()));
        return changes.changing(event, pairings::forgetDenied);
    }

    private boolean isMore(Grant grant, PairedClient than) {
        return !grants.isInForce(than) || grant.exceeds(than.grant());
    }

    private Entry entry(PairedClient client) throws Failure {
        return new Entry(client, grants.standing(client.id()), !grants.isInForce(client));
    }

    private PairedClient named(String id) throws Failure {
        return grants.find(id)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INVALID_PARAMETERS, "No client has this id. client.list tells which there are."));
    }
}
