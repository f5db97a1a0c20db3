package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.database.Database;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

class PairingsTest {
    private static final Caller MAIL = caller(Door.NATIVE_MESSAGING, "chrome-extension://mail/");
    private static final Caller OTHER = caller(Door.NATIVE_MESSAGING, "chrome-extension://other/");
    private static final byte[] OTHER_NONCE = new byte[32];
    private static final byte[] NONCE = "sixteen bytes or more".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path home;

    private final ScriptedPrompter person = new ScriptedPrompter();
    private final MovableClock clock = new MovableClock();
    private Database database;
    private Pairings pairings;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(Pairings.SCHEMA));
        pairings = new Pairings(database, person, ClientPolicy.OPEN, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPairedClientIsKnownByItsTokenAtItsOwnDoorAndOriginAlone() throws Failure {
        Pairings.Paired paired = pair(MAIL);
        assertThat(Base64.getUrlDecoder().decode(paired.token())).hasSize(32);
        assertThat(pairings.authenticate(paired.token(), MAIL)).hasValueSatisfying(client -> {
            assertThat(client.id()).isEqualTo(paired.client());
            assertThat(client.scopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.RAW_CMS);
        });
        assertThat(pairings.authenticate(paired.token(), OTHER)).isEmpty();
        assertThat(pairings.authenticate(paired.token(), caller(Door.HTTP, MAIL.origin())))
                .isEmpty();
        assertThat(pairings.authenticate(paired.token() + "A", MAIL)).isEmpty();
        assertThat(pairings.authenticate("", MAIL)).isEmpty();
        assertThat(pairings.authenticate("x".repeat(100_000), MAIL)).isEmpty();
    }

    @Test
    void aMissingOriginIsTakenOnlyWhereTheDoorSaysThatItMayBeMissing() throws Failure {
        Pairings.Paired paired = pair(caller(Door.HTTP, "https://mail.example"));
        assertThat(pairings.authenticate(paired.token(), new Caller(Door.HTTP, null, null, null, "1", true)))
                .isPresent();
        assertThat(pairings.authenticate(paired.token(), caller(Door.HTTP, null)))
                .isEmpty();
        for (boolean mayOmit : new boolean[] {true, false}) {
            Caller evil = new Caller(Door.HTTP, "https://evil.example", null, null, "1", mayOmit);
            assertThat(pairings.authenticate(paired.token(), evil)).isEmpty();
        }
    }

    @Test
    void bothSidesComputeTheSameCode() throws Exception {
        Pairings.Begun begun = begin(MAIL, NONCE);
        pairings.finish(MAIL, begun.pairing(), encode(NONCE));
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
                .digest(parts(
                        ascii("zegel-pairing"),
                        NONCE,
                        Base64.getUrlDecoder().decode(begun.nonce()),
                        ascii("Mail"),
                        ascii("raw-cms sign"),
                        ascii("native-messaging"),
                        ascii("chrome-extension://mail/"),
                        ascii("")));
        long number = new java.math.BigInteger(1, java.util.Arrays.copyOf(hash, 4)).longValue();
        assertThat(((Question.Pairing) person.last()).code()).isEqualTo("%06d".formatted(number % 1_000_000));
    }

    @Test
    void refusesANonceThatWasNotCommittedToAndEndsThePairing() throws Failure {
        Pairings.Begun begun = begin(MAIL, NONCE);
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(MAIL, begun.pairing(), encode(new byte[20])));
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(MAIL, begun.pairing(), encode(NONCE)));
        assertThat(person.count()).isZero();
    }

    @Test
    void aPairingBelongsToTheCallerThatBeganItAndIsSoonOver() throws Failure {
        Pairings.Begun begun = begin(MAIL, NONCE);
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(OTHER, begun.pairing(), encode(NONCE)));
        clock.advance(PendingPairings.LIFETIME);
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(MAIL, begun.pairing(), encode(NONCE)));
    }

    @Test
    void anotherTryNeedsAYesOrTime() throws Failure {
        List<Pairings.Begun> tries = new ArrayList<>();
        for (int i = 0; i < PendingPairings.MAX_PER_CALLER; i++) {
            tries.add(begin(MAIL, NONCE));
        }
        fails(Failure.Kind.BUSY, () -> begin(MAIL, NONCE));
        begin(OTHER, NONCE);
        // Neither a wrong nonce nor a no makes room, or a third party could try codes until one fits.
        fails(
                Failure.Kind.INVALID_PARAMETERS,
                () -> pairings.finish(MAIL, tries.get(0).pairing(), encode(OTHER_NONCE)));
        person.decision = Answer.Decision.DENY;
        fails(
                Failure.Kind.CONSENT_DENIED,
                () -> pairings.finish(MAIL, tries.get(1).pairing(), encode(NONCE)));
        fails(Failure.Kind.BUSY, () -> begin(MAIL, NONCE));
        person.decision = Answer.Decision.ONCE;
        pairings.finish(MAIL, tries.get(2).pairing(), encode(NONCE));
        assertThat(person.count()).isEqualTo(2);
        begin(MAIL, NONCE);
        fails(Failure.Kind.BUSY, () -> begin(MAIL, NONCE));
        clock.advance(PendingPairings.LIFETIME);
        begin(MAIL, NONCE);
    }

    @Test
    void triesDoNotOutlastTheirTimeWhenTheClockIsSetBack() throws Failure {
        for (int i = 0; i < PendingPairings.MAX_PER_CALLER; i++) {
            begin(MAIL, NONCE);
        }
        clock.advance(Duration.ofDays(-1));
        begin(MAIL, NONCE);
    }

    @Test
    void strangersCannotKeepOutWhomTheSystemConfirms() throws Failure {
        for (int i = 0; i < PendingPairings.MAX; i++) {
            begin(caller(Door.HTTP, "https://" + i + ".example"), NONCE);
        }
        fails(Failure.Kind.BUSY, () -> begin(caller(Door.HTTP, "https://one-more.example"), NONCE));
        Caller confirmed = MAIL.withBrowser("/usr/lib/chromium/chromium", "Mail");
        pair(confirmed);
        pair(caller(Door.SOCKET, null).withProcess(7L, "/usr/bin/mail"));
        clock.advance(PendingPairings.LIFETIME);
        begin(caller(Door.HTTP, "https://one-more.example"), NONCE);
    }

    @Test
    void callersWithAnotherProgramOrBrowserAreOthers() throws Failure {
        Caller mail = caller(Door.SOCKET, null).withProcess(7L, "/usr/bin/mail");
        Caller other = caller(Door.SOCKET, null).withProcess(8L, "/usr/bin/other");
        for (int i = 0; i < PendingPairings.MAX_PER_CALLER; i++) {
            begin(mail, NONCE);
        }
        String pairing = begin(other, NONCE).pairing();
        fails(Failure.Kind.BUSY, () -> begin(mail.withProcess(9L, mail.program()), NONCE));
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(mail, pairing, encode(NONCE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u202Eb", "a\nb", "a\u0000", "a\u200Fb", "a\u2028b"})
    void refusesNamesThatMislead(String name) {
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.begin(MAIL, name, List.of("sign"), commitment(NONCE)));
    }

    @Test
    void limitsTheName() throws Failure {
        pairings.begin(MAIL, "\u00e9".repeat(Pairings.MAX_NAME), List.of("sign"), commitment(NONCE));
        fails(
                Failure.Kind.INVALID_PARAMETERS,
                () -> pairings.begin(MAIL, "n".repeat(Pairings.MAX_NAME + 1), List.of("sign"), commitment(NONCE)));
    }

    @Test
    void limitsTheNonce() throws Failure {
        for (int size : new int[] {16, 64}) {
            byte[] nonce = new byte[size];
            pairings.finish(MAIL, begin(MAIL, nonce).pairing(), encode(nonce));
        }
        for (int size : new int[] {0, 15, 65, 4096}) {
            clock.advance(PendingPairings.LIFETIME);
            byte[] nonce = new byte[size];
            String pairing = begin(MAIL, nonce).pairing();
            fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.finish(MAIL, pairing, encode(nonce)));
        }
    }

    @Test
    void refusesUnknownAndMissingScopes() {
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.begin(MAIL, "Mail", List.of(), commitment(NONCE)));
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.begin(MAIL, "Mail", List.of("SIGN"), commitment(NONCE)));
    }

    @Test
    void aNoLetsNobodyInAndALastingNoIsRemembered() throws Failure {
        person.decision = Answer.Decision.DENY;
        fails(Failure.Kind.CONSENT_DENIED, () -> pair(MAIL));
        person.decision = Answer.Decision.DENY_FOREVER;
        fails(Failure.Kind.CONSENT_DENIED, () -> pair(MAIL));
        int asked = person.count();
        fails(Failure.Kind.CONSENT_DENIED, () -> begin(MAIL, NONCE));
        assertThat(person.count()).isEqualTo(asked);
        assertThat(pairings.grants().list()).isEmpty();
        person.decision = Answer.Decision.ONCE;
        pair(OTHER);
        pairings.forgetDenied();
        pair(MAIL);
    }

    @Test
    void revokingCutsOffAtOnceAndTellsTheListeners() throws Failure {
        List<String> told = new ArrayList<>();
        pairings.grants().onEnd(told::add);
        Pairings.Paired paired = pair(MAIL);
        Client client = pairings.authenticate(paired.token(), MAIL).orElseThrow();
        assertThat(pairings.grants().revoke(client.id())).isTrue();
        assertThat(told).containsExactly(client.id());
        assertThat(pairings.client(client.id(), MAIL)).isEmpty();
        assertThat(pairings.authenticate(paired.token(), MAIL)).isEmpty();
        assertThat(pairings.grants().revoke(client.id())).isFalse();
    }

    @Test
    void aClientThatIsNotUsedExpiresAndOneThatIsDoesNot() throws Failure {
        Pairings.Paired used = pair(MAIL);
        Pairings.Paired idle = pair(OTHER);
        for (int i = 0; i < 3; i++) {
            clock.advance(Pairings.LIFETIME.minusDays(2));
            assertThat(pairings.authenticate(used.token(), MAIL)).isPresent();
        }
        assertThat(pairings.authenticate(idle.token(), OTHER)).isEmpty();
    }

    @Test
    void provesThatItHoldsTheKey() throws Exception {
        Pairings.Paired paired = pair(MAIL);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(paired.key()), "HmacSHA256"));
        Caller page = caller(Door.HTTP, "https://mail.example").withPort(47610);
        String expected = encode(
                mac.doFinal(parts(ascii("zegel-hello"), ascii("http"), ascii(page.origin()), ascii("47610"), NONCE)));
        assertThat(pairings.prove(page, paired.client(), encode(NONCE))).isEqualTo(expected);
        assertThat(pairings.prove(page, "stranger", encode(NONCE)))
                .hasSameSizeAs(expected)
                .isNotEqualTo(expected);
        assertThat(pairings.prove(page.withPort(47611), paired.client(), encode(NONCE)))
                .as("a proof passed on from another port fits nothing")
                .isNotEqualTo(expected);
        fails(Failure.Kind.INVALID_PARAMETERS, () -> pairings.prove(page, paired.client(), encode(new byte[15])));
    }

    @Test
    void theTokenIsNotInTheDatabase() throws Exception {
        Pairings.Paired paired = pair(MAIL);
        database.close();
        String file = java.nio.file.Files.readString(home.resolve("zegel.db"), StandardCharsets.ISO_8859_1);
        byte[] token = Base64.getUrlDecoder().decode(paired.token());
        assertThat(file).contains(paired.client()).doesNotContain(paired.token());
        assertThat(file).doesNotContain(new String(token, StandardCharsets.ISO_8859_1));
    }

    @Test
    void thePolicyWins() throws Failure {
        Pairings.Paired paired = pair(MAIL);
        Pairings managed =
                new Pairings(database, person, new ClientPolicy(Set.of("other", "mail"), Set.of(MAIL.origin())), clock);
        fails(Failure.Kind.POLICY_FORBIDS, () -> managed.begin(MAIL, "Mail", List.of("sign"), commitment(NONCE)));
        assertThat(managed.authenticate(paired.token(), MAIL)).isEmpty();
        managed.begin(OTHER, "Mail", List.of("sign"), commitment(NONCE));
        Caller third = caller(Door.NATIVE_MESSAGING, "chrome-extension://third/");
        fails(Failure.Kind.POLICY_FORBIDS, () -> managed.begin(third, "Mail", List.of("sign"), commitment(NONCE)));
        managed.begin(caller(Door.SOCKET, null), "zegel", List.of("sign"), commitment(NONCE));
    }

    @Test
    void anApprovedExtensionIsLetInUnaskedWhereTheSystemConfirmsIt() throws Failure {
        pairings = managed(Map.of("mail", Set.of(Scope.SIGN, Scope.RAW_CMS)), EnumSet.allOf(Scope.class), null);
        Pairings.Paired paired = pair(MAIL.withBrowser("/usr/bin/chromium", "Mail"));
        assertThat(person.count()).isZero();
        PairedClient client = pairings.grants().find(paired.client()).orElseThrow();
        assertThat(client.approved()).isTrue();
        assertThat(client.scopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.RAW_CMS);
        assertThat(pairings.authenticate(paired.token(), MAIL)).isPresent();
        pairings = managed(Map.of(), EnumSet.allOf(Scope.class), null);
        assertThat(pairings.authenticate(paired.token(), MAIL)).isEmpty();
        assertThat(pairings.hasEnded(paired.token(), MAIL)).isTrue();
    }

    @Test
    void aClaimToBeApprovedIsAskedAboutAndThePersonIsTold() throws Failure {
        pairings = managed(
                Map.of("mail", Set.of(Scope.SIGN), "https://mail.example", Set.of(Scope.SIGN, Scope.RAW_CMS)),
                EnumSet.allOf(Scope.class),
                null);
        List<Caller> claims =
                List.of(MAIL, caller(Door.HTTP, "https://mail.example"), MAIL.withBrowser("/usr/bin/chromium", "Mail"));
        for (Caller claim : claims) {
            int before = person.count();
            Pairings.Paired paired = pair(claim);
            assertThat(person.count()).isEqualTo(before + 1);
            assertThat(((Question.Pairing) person.last()).notes()).containsExactly(PolicyNote.CLIENT_APPROVED);
            assertThat(pairings.grants().find(paired.client()).orElseThrow().approved())
                    .isFalse();
        }
    }

    @Test
    void aLastingNoIsStrongerThanAnApproval() throws Failure {
        Caller mail = MAIL.withBrowser("/usr/bin/chromium", "Mail");
        person.decision = Answer.Decision.DENY_FOREVER;
        fails(Failure.Kind.CONSENT_DENIED, () -> pair(mail));
        pairings = managed(Map.of("mail", Set.of(Scope.SIGN, Scope.RAW_CMS)), EnumSet.allOf(Scope.class), null);
        fails(Failure.Kind.CONSENT_DENIED, () -> begin(mail, NONCE));
    }

    @Test
    void nobodyHasAScopeBeyondThePolicy() throws Failure {
        Pairings.Paired before = pair(MAIL);
        pairings = managed(Map.of(), Set.of(Scope.SIGN), null);
        assertThat(pairings.authenticate(before.token(), MAIL).orElseThrow().scopes())
                .containsExactly(Scope.SIGN);
        Pairings.Paired after = pair(OTHER);
        assertThat(after.scopes()).containsExactly(Scope.SIGN);
        Question.Pairing asked = (Question.Pairing) person.last();
        assertThat(asked.scopes()).containsExactly(Scope.SIGN);
        assertThat(asked.notes()).containsExactly(PolicyNote.SCOPES_LIMITED);
        fails(Failure.Kind.POLICY_FORBIDS, () -> pairings.begin(OTHER, "Mail", List.of("manage"), commitment(NONCE)));
    }

    @Test
    void thePolicyEndsEveryPairingAfterItsTime() throws Failure {
        Pairings.Paired paired = pair(MAIL);
        pairings = managed(Map.of(), EnumSet.allOf(Scope.class), Duration.ofDays(2));
        clock.advance(Duration.ofDays(2).minusNanos(1));
        assertThat(pairings.authenticate(paired.token(), MAIL)).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(pairings.authenticate(paired.token(), MAIL)).isEmpty();
        assertThat(pairings.hasEnded(paired.token(), MAIL)).isTrue();
        assertThat(pairings.hasEnded(paired.token(), OTHER)).isFalse();
    }

    private Pairings managed(Map<String, Set<Scope>> approved, Set<Scope> scopes, @Nullable Duration longestGrant) {
        return new Pairings(
                database, person, new ClientPolicy(Set.of(), Set.of(), approved, scopes, null, longestGrant), clock);
    }

    @Test
    void aTokenIsOneUsersWhereTheSystemToldWhose() throws Failure {
        Pairings.Paired paired = pair(caller(Door.SOCKET, null).withUser(1000L));
        assertThat(pairings.authenticate(
                        paired.token(), caller(Door.SOCKET, null).withUser(1000L)))
                .isPresent();
        for (Long other : new @Nullable Long[] {1001L, 0L, null}) {
            Caller caller = caller(Door.SOCKET, null).withUser(other);
            assertThat(pairings.authenticate(paired.token(), caller)).isEmpty();
            assertThat(pairings.client(paired.client(), caller)).isEmpty();
        }
    }

    @Test
    void anotherNameDoesNotHelpAProgramThatWasRefusedForGood() throws Failure {
        Caller evil = caller(Door.SOCKET, null).withUser(1000L).withProcess(7L, "/opt/evil");
        person.decision = Answer.Decision.DENY_FOREVER;
        fails(Failure.Kind.CONSENT_DENIED, () -> pair(evil));
        fails(
                Failure.Kind.CONSENT_DENIED,
                () -> pairings.begin(evil.withProcess(8L, "/opt/evil"), "Good", List.of("sign"), commitment(NONCE)));
        pairings.begin(evil.withProcess(7L, "/opt/good"), "Good", List.of("sign"), commitment(NONCE));
        assertThat(pairings.forgetDenied()).isEqualTo(1);
        begin(evil, NONCE);
    }

    @Test
    void pairingsOutliveTheDaemon() throws Failure {
        Pairings.Paired paired = pair(MAIL);
        database.close();
        open();
        assertThat(pairings.authenticate(paired.token(), MAIL)).isPresent();
        assertThat(pairings.grants().list()).extracting(PairedClient::name).containsExactly("Mail");
        assertThat(Duration.between(
                        clock.instant(), pairings.grants().list().getFirst().expiresAt()))
                .isEqualTo(Pairings.LIFETIME);
    }

    private Pairings.Paired pair(Caller caller) throws Failure {
        return pairings.finish(caller, begin(caller, NONCE).pairing(), encode(NONCE));
    }

    private Pairings.Begun begin(Caller caller, byte[] nonce) throws Failure {
        return pairings.begin(caller, "Mail", List.of("sign", "raw-cms"), commitment(nonce));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] parts(byte[]... parts) {
        var all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(java.nio.ByteBuffer.allocate(4).putInt(part.length).array());
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String commitment(byte[] nonce) {
        return encode(PairingCode.hash(nonce));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Caller caller(Door door, String origin) {
        return new Caller(door, origin, null, null, "connection");
    }

    private static void fails(Failure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
