package org.zegel.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/**
 * Lets clients in: two steps that bind a six-digit code to both sides, a person's yes, then a token that is good for
 * that caller alone. Safe for use by several threads.
 */
public final class Pairings {
    /** The tables of this part. */
    public static final SchemaPart SCHEMA = ClientTable.SCHEMA;

    /** Longest name of a client, in characters. */
    public static final int MAX_NAME = 64;

    /** A client that was not used for so long must pair again. */
    public static final Duration LIFETIME = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(Pairings.class);
    private static final int SECRET = 32;
    private static final int ID = 12;
    private static final int MAX_TOKEN_TEXT = 128;

    private final ClientTable table;
    private final Grants grants;
    private final DeniedCallers denied;
    private final Prompter prompter;
    private final ClientPolicy policy;
    private final Clock clock;
    private final DecisionLog log;
    private final PendingPairings pending;
    private final SecureRandom random = new SecureRandom();

    /** Pairings that nobody writes down. */
    public Pairings(Database database, Prompter prompter, ClientPolicy policy, Clock clock) {
        this(database, prompter, policy, clock, DecisionLog.NONE);
    }

    public Pairings(Database database, Prompter prompter, ClientPolicy policy, Clock clock, DecisionLog log) {
        this.table = new ClientTable(database);
        this.grants = new Grants(database, policy, clock, log);
        this.denied = new DeniedCallers(database);
        this.prompter = prompter;
        this.policy = policy;
        this.clock = clock;
        this.log = log;
        this.pending = new PendingPairings(clock);
    }

    /** What those that were let in may do. */
    public Grants grants() {
        return grants;
    }

    /** The first step's answer. @param nonce of the daemon, base64url */
    public record Begun(String pairing, String nonce) {
        @Override
        public String toString() {
            return "Begun[redacted]";
        }
    }

    /** The second step's answer; token and key are base64url of 32 bytes and are told this once. */
    public record Paired(String client, String token, String key, Set<Scope> scopes) {
        @Override
        public String toString() {
            return "Paired[" + client + "]";
        }
    }

    /**
     * First step: who asks for what, and the SHA-256 (base64url) of a nonce that it keeps for the second.
     *
     * @throws Failure {@code INVALID_PARAMETERS}, {@code POLICY_FORBIDS}, {@code CONSENT_DENIED} after a lasting no,
     *     {@code BUSY}
     */
    public Begun begin(Caller caller, String name, Collection<String> scopes, String commitment) throws Failure {
        policy.check(caller);
        String checked = PairingRequest.name(name);
        Set<Scope> asked = PairingRequest.scopes(scopes);
        byte[] hash = PairingRequest.bytes("commitment", commitment, SECRET, SECRET);
        if (denied.has(caller, checked)) {
            throw new Failure(
                    Failure.Kind.CONSENT_DENIED,
                    "The person refused this client for good. \"zegel client forget-denied\" takes that back.");
        }
        if (policy.within(asked).isEmpty()) {
            throw new Failure(
                    Failure.Kind.POLICY_FORBIDS,
                    "Your organisation's policy lets no client have what this one asks for.");
        }
        byte[] nonce = random(SECRET);
        String id = PairingCode.encode(random(SECRET));
        pending.add(id, new PendingPairings.Pending(caller, checked, asked, hash, nonce, pending.deadline()));
        return new Begun(id, PairingCode.encode(nonce));
    }

    /**
     * Second step: opens the commitment, asks the person and lets the client in. Nobody is asked where the organisation
     * approved the client for all that it asks, and the system confirms that it is that client.
     *
     * @throws Failure {@code INVALID_PARAMETERS}, {@code CONSENT_DENIED}, {@code CONSENT_TIMEOUT}, {@code NO_PROMPT}
     */
    public Paired finish(Caller caller, String pairing, String nonce) throws Failure {
        PendingPairings.Pending begun = pending.take(pairing, caller)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INVALID_PARAMETERS, "This pairing is not open, or no longer. Begin again."));
        byte[] opened = PairingRequest.bytes("nonce", nonce, PairingCode.MIN_NONCE, PairingCode.MAX_NONCE);
        if (!MessageDigest.isEqual(PairingCode.hash(opened), begun.commitment())) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, "The nonce is not the one that was committed to. Begin again.");
        }
        String code =
                PairingCode.code(opened, begun.nonce(), begun.name(), begun.scopes(), PairingCode.Place.of(caller));
        Set<Scope> possible = policy.within(begun.scopes());
        if (isApproved(caller, possible)) {
            LOG.info("policy: \"{}\" was let in without a question, as clients.approved says", caller.origin());
            pending.release(pairing);
            return admit(caller, begun, possible, true);
        }
        Answer answer = ask(
                begun,
                new Question.Pairing(caller, begun.name(), possible, code, notes(caller, begun.scopes(), possible)));
        switch (answer.decision()) {
            case ONCE, FOR_A_WHILE, ALWAYS -> {
                Set<Scope> granted = new HashSet<>(answer.scopes());
                granted.retainAll(possible);
                if (!granted.isEmpty()) {
                    Paired paired = admit(caller, begun, granted, false);
                    pending.release(pairing);
                    return paired;
                }
                log.record(turnedAway(begun, denied(), false));
            }
            case DENY_FOREVER ->
                log.<@Nullable Object>recorded(turnedAway(begun, denied(), true), () -> {
                    denied.add(caller, begun.name(), clock.instant());
                    return null;
                });
            case DENY -> log.record(turnedAway(begun, denied(), false));
        }
        throw denied();
    }

    /** What nobody answered is written down too. */
    private Answer ask(PendingPairings.Pending begun, Question.Pairing question) throws Failure {
        try {
            return prompter.ask(question);
        } catch (Failure unanswered) {
            if (unanswered.kind() != Failure.Kind.BUSY) {
                log.record(turnedAway(begun, unanswered, false));
            }
            throw unanswered;
        }
    }

    private static Decision turnedAway(PendingPairings.Pending begun, Failure why, boolean forGood) {
        return new Decision.TurnedAway(begun.caller(), begun.name(), begun.scopes(), why.kind(), forGood);
    }

    /** Whose token this is; empty when it is nobody's, expired, or of another caller than the one that paired. */
    public Optional<Client> authenticate(String token, Caller caller) {
        try {
            Optional<PairedClient> known = known(token, caller).filter(grants::isInForce);
            if (known.isPresent()) {
                renew(known.get());
            }
            return known.map(found -> client(found, caller));
        } catch (Failure unavailable) {
            LOG.warn("nobody can be authenticated", unavailable);
            return Optional.empty();
        }
    }

    /** Whether this token is this caller's, but its time is over or the policy ended it. */
    public boolean hasEnded(String token, Caller caller) {
        try {
            return known(token, caller)
                    .filter(found -> !grants.isInForce(found))
                    .isPresent();
        } catch (Failure unavailable) {
            return false;
        }
    }

    private Optional<PairedClient> known(String token, Caller caller) throws Failure {
        if (token.length() > MAX_TOKEN_TEXT) {
            return Optional.empty();
        }
        byte[] hash = PairingCode.hash(token.getBytes(StandardCharsets.UTF_8));
        return table.byTokenHash(hash)
                .filter(found -> MessageDigest.isEqual(found.tokenHash(), hash))
                .map(ClientTable.Entry::client)
                .filter(found -> isOf(found, caller));
    }

    /** A client that was authenticated before, as it is now; empty when it was revoked or has expired since. */
    public Optional<Client> client(String id, Caller caller) {
        try {
            return table.byId(id)
                    .map(ClientTable.Entry::client)
                    .filter(found -> isOf(found, caller))
                    .filter(grants::isInForce)
                    .map(found -> client(found, caller));
        } catch (Failure unavailable) {
            LOG.warn("no client can be looked up", unavailable);
            return Optional.empty();
        }
    }

    /**
     * Proves to a client, before it shows its token, that this is the daemon it paired with. For an unknown client the
     * proof is made with a random key, so that strangers learn nothing.
     *
     * @throws Failure {@code INVALID_PARAMETERS} when the challenge is not base64url of 16 to 64 bytes
     */
    public String prove(Caller caller, String client, String challenge) throws Failure {
        byte[] bytes = PairingRequest.bytes("challenge", challenge, PairingCode.MIN_NONCE, PairingCode.MAX_NONCE);
        byte[] key = table.byId(client).map(ClientTable.Entry::key).orElseGet(() -> random(SECRET));
        return PairingCode.proof(key, bytes, PairingCode.Place.of(caller));
    }

    /** Whether the administrator leaves it to the person whether this origin is let in. */
    public boolean mayAsk(Door door, String origin) {
        return policy.permits(door, origin);
    }

    /** Origins with a pairing at this door. */
    public boolean isPairedOrigin(Door door, String origin) throws Failure {
        return table.all().stream()
                .anyMatch(entry -> entry.client().door() == door
                        && origin.equals(entry.client().origin()));
    }

    /** Callers that were refused for good may ask again; how many they were. */
    public int forgetDenied() throws Failure {
        return denied.forget();
    }

    /** Only what the system itself confirms: a program can claim any Origin, and any extension's id. */
    private boolean isApproved(Caller caller, Set<Scope> asked) {
        return caller.door() == Door.NATIVE_MESSAGING
                && caller.isConfirmed()
                && policy.approvedScopes(caller.door(), caller.origin())
                        .filter(approved -> approved.containsAll(asked))
                        .isPresent();
    }

    private Set<PolicyNote> notes(Caller caller, Set<Scope> asked, Set<Scope> possible) {
        Set<PolicyNote> notes = EnumSet.noneOf(PolicyNote.class);
        if (policy.approvedScopes(caller.door(), caller.origin()).isPresent()) {
            notes.add(PolicyNote.CLIENT_APPROVED);
        }
        if (!possible.containsAll(asked)) {
            notes.add(PolicyNote.SCOPES_LIMITED);
        }
        notes.addAll(policy.yesNotes());
        return notes;
    }

    private Paired admit(Caller caller, PendingPairings.Pending begun, Set<Scope> granted, boolean approved)
            throws Failure {
        String id = HexFormat.of().formatHex(random(ID));
        String token = PairingCode.encode(random(SECRET));
        byte[] key = random(SECRET);
        Instant now = clock.instant();
        PairedClient client = new PairedClient(
                id,
                begun.name(),
                caller.door(),
                caller.origin(),
                caller.user(),
                caller.browser() == null ? caller.program() : caller.browser(),
                approved,
                Grant.of(granted),
                now,
                null,
                now.plus(LIFETIME));
        ClientTable.Entry entry =
                new ClientTable.Entry(client, PairingCode.hash(token.getBytes(StandardCharsets.UTF_8)), key);
        log.<@Nullable Object>recorded(new Decision.LetIn(client), () -> {
            grants.add(entry);
            return null;
        });
        return new Paired(id, token, PairingCode.encode(key), client.scopes());
    }

    /** Whether a token of this client is good in this caller's hands: at its door, from its origin, of its user. */
    private static boolean isOf(PairedClient client, Caller caller) {
        boolean sameOrigin =
                Objects.equals(client.origin(), caller.origin()) || (caller.mayOmitOrigin() && caller.origin() == null);
        boolean sameUser = client.user() == null || client.user().equals(caller.user());
        return client.door() == caller.door() && sameOrigin && sameUser;
    }

    /** Written once a day: when it was used last is nobody's business to the minute. */
    private void renew(PairedClient client) throws Failure {
        Instant now = clock.instant();
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        if (!day.equals(client.usedAt())) {
            table.used(client.id(), day, now.plus(LIFETIME));
        }
    }

    private Client client(PairedClient client, Caller caller) {
        Grant grant = grants.limited(client).grant();
        return new Client(client.id(), client.name(), grant.scopes(), grant.identities(), caller);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Failure denied() {
        return new Failure(Failure.Kind.CONSENT_DENIED, "The person did not let this client in.");
    }
}
