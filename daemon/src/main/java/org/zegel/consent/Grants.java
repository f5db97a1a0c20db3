package org.zegel.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.database.Database;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Identity;

/**
 * Who is paired and what each may do, under the organisation's policy. Whose grant ends, by revocation or by time, is
 * told to the listeners, who cut it off. Safe for use by several threads.
 */
public final class Grants {
    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ClientTable table;
    private final StandingYeses standing;
    private final EndedClients ended;
    private final ClientPolicy policy;
    private final Clock clock;
    private final DecisionLog log;
    private final Set<String> alive = new HashSet<>();
    private Instant nextLook = Instant.MIN;
    private long edits;
    private final List<Consumer<String>> endListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> changeListeners = new CopyOnWriteArrayList<>();

    Grants(Database database, ClientPolicy policy, Clock clock, DecisionLog log) {
        this.table = new ClientTable(database);
        this.standing = new StandingYeses(database);
        this.ended = new EndedClients(database);
        this.policy = policy;
        this.clock = clock;
        this.log = log;
    }

    void add(ClientTable.Entry entry) throws Failure {
        table.add(entry);
        edited(entry.client().id(), true);
    }

    /** All pairings, the oldest first, as the policy leaves them; those whose time is over too. */
    public List<PairedClient> list() throws Failure {
        return table.all().stream()
                .map(ClientTable.Entry::client)
                .map(this::limited)
                .toList();
    }

    /** One pairing, as the policy leaves it. */
    public Optional<PairedClient> find(String id) throws Failure {
        return table.byId(id).map(ClientTable.Entry::client).map(this::limited);
    }

    /** Whether the client may do anything at all now: its time is not over, and the policy lets it. */
    public boolean isInForce(PairedClient client) {
        return policy.permits(client) && !limited(client).hasEnded(clock.instant());
    }

    /** What the person said yes to for good, for this client. */
    public List<StandingYes> standing(String client) throws Failure {
        return standing.of(client);
    }

    /**
     * Gives a client another grant. Whether the person must say yes to that is the caller's to know:
     * {@link Grant#exceeds}. Every yes that is remembered about it is forgotten.
     *
     * @throws Failure {@code INVALID_PARAMETERS} when there is no such client, {@code POLICY_FORBIDS} when the grant is
     *     more than the policy lets a client have
     */
    public void change(String id, Grant grant) throws Failure {
        check(id, grant);
        if (!table.change(id, grant)) {
            throw unknown();
        }
        standing.forget(id);
        LOG.info("the client {} has another grant", id);
        edited(id, true);
        changeListeners.forEach(listener -> listener.accept(id));
        endExpired();
    }

    /** Whether {@link #change} would be allowed; fails as it does. */
    public void check(String id, Grant grant) throws Failure {
        PairedClient client = find(id).orElseThrow(Grants::unknown);
        if (grant.exceeds(policy.limit(grant, client.pairedAt()))) {
            throw new Failure(
                    Failure.Kind.POLICY_FORBIDS,
                    "Your organisation's policy does not let a client have that much. Ask your administrator.");
        }
    }

    /** Ends a pairing at once and tells the listeners; false when there is none of this id. */
    public boolean revoke(String id) throws Failure {
        boolean removed = table.remove(id);
        if (removed) {
            LOG.info("the client {} was revoked", id);
            edited(id, false);
            end(id);
        }
        return removed;
    }

    /** Told the id of each client that may do nothing any more. Listeners are quick and do not throw. */
    public void onEnd(Consumer<String> listener) {
        endListeners.add(listener);
    }

    /** Told the id of each client that has got another grant. */
    public void onChange(Consumer<String> listener) {
        changeListeners.add(listener);
    }

    /**
     * Cuts off whose time is over, and whom another process revoked in the same database. Called every now and then;
     * looks when there may be somebody, and every few seconds.
     */
    public void endExpired() {
        Instant now = clock.instant();
        long seen;
        synchronized (alive) {
            // A next look further away than that was set by a clock that has been set back since.
            if (now.isBefore(nextLook) && !nextLook.isAfter(now.plus(LOOK))) {
                return;
            }
            nextLook = now.plus(LOOK);
            seen = edits;
        }
        try {
            // Not under the lock: whoever changes the table holds the database when it takes the lock.
            List<PairedClient> all = list();
            List<PairedClient> inForce = all.stream().filter(this::isInForce).toList();
            gone(seen, inForce).forEach(id -> {
                LOG.info("the time of the client {} is over", id);
                end(id);
            });
            writeDown(all);
        } catch (Failure unavailable) {
            LOG.warn("it could not be seen whose time is over", unavailable);
        }
    }

    /** Whose time is over, once for each, whichever process sees it first; it may have ended while none was running. */
    private void writeDown(List<PairedClient> all) throws Failure {
        Set<String> known = ended.all();
        for (PairedClient client : all) {
            boolean over = !isInForce(client);
            if (over && !known.contains(client.id())) {
                writeDown(client);
            } else if (!over && known.contains(client.id())) {
                ended.unmark(client.id());
            }
        }
    }

    private void writeDown(PairedClient client) throws Failure {
        try {
            log.<@Nullable Object>recorded(new Decision.Ended(client, !policy.permits(client)), () -> {
                if (!ended.mark(client.id(), clock.instant())) {
                    throw new Failure(Failure.Kind.BUSY, "Another process was faster.");
                }
                return null;
            });
        } catch (Failure faster) {
            if (faster.kind() != Failure.Kind.BUSY) {
                throw faster;
            }
            LOG.debug("the end of the client {} is written down by another process", client.id());
        }
    }

    /** Who was there and is no more; nobody when the table was changed since it was read: it is read again then. */
    private Set<String> gone(long seen, List<PairedClient> inForce) {
        synchronized (alive) {
            if (seen != edits) {
                return Set.of();
            }
            Set<String> gone = new HashSet<>(alive);
            alive.clear();
            for (PairedClient client : inForce) {
                alive.add(client.id());
                nextLook = earliest(nextLook, client.expiresAt(), client.grant().expiresAt());
            }
            gone.removeAll(alive);
            return gone;
        }
    }

    private static Instant earliest(Instant one, Instant other, @Nullable Instant third) {
        Instant earlier = one.isBefore(other) ? one : other;
        return third == null || earlier.isBefore(third) ? earlier : third;
    }

    private void edited(String id, boolean there) {
        synchronized (alive) {
            edits++;
            nextLook = Instant.MIN;
            if (there) {
                alive.add(id);
            } else {
                alive.remove(id);
            }
        }
    }

    private void end(String id) {
        endListeners.forEach(listener -> listener.accept(id));
    }

    /** What a client may do now. The command line in its own process is nobody's pairing: it may ask for anything. */
    Grant inForce(Client client) throws Failure {
        if (client.caller().door() == Door.IN_PROCESS) {
            return policy.limit(Grant.of(client.scopes()), clock.instant());
        }
        return find(client.id())
                .filter(this::isInForce)
                .map(PairedClient::grant)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.NOT_PAIRED, "This client was revoked, or its time is over. Pair it again."));
    }

    boolean stands(String client, StandingYes yes) throws Failure {
        return policy.longestYes() == null && standing.has(client, yes);
    }

    /** False where there is no pairing to keep it with, or the policy does not let a yes stand. */
    boolean mayStand(Client client) {
        return policy.longestYes() == null && client.caller().door() != Door.IN_PROCESS;
    }

    void stand(Client client, Identity identity, Question.Purpose purpose) throws Failure {
        log.<@Nullable Object>recorded(new Decision.NotAskedAgain(client, identity, purpose), () -> {
            standing.add(client.id(), new StandingYes(identity.id(), purpose), clock.instant());
            return null;
        });
    }

    PairedClient limited(PairedClient client) {
        return client.with(policy.limit(client.grant(), client.pairedAt()));
    }

    private static Failure unknown() {
        return new Failure(
                Failure.Kind.INVALID_PARAMETERS, "No client has this id. client.list tells which there are.");
    }
}
