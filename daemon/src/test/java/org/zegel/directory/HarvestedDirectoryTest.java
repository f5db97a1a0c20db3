package org.zegel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Capabilities;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;

class HarvestedDirectoryTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final EmailAddress ALICE =
            EmailAddress.parse("alice@example.org").orElseThrow();
    private static final EmailAddress BOB =
            EmailAddress.parse("bob@example.org").orElseThrow();

    private final TestAuthority authority = TestAuthority.root("Root", KeyKind.P256)
            .subordinate(Spec.authority("CA").key(KeyKind.P256));

    @TempDir
    private Path home;

    private Database database;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(HarvestedDirectory.SCHEMA));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private HarvestedDirectory at(long seconds) {
        return at(seconds, 3, 5);
    }

    private HarvestedDirectory at(long seconds, int perAddress, int total) {
        Clock clock = Clock.fixed(NOW.plusSeconds(seconds), ZoneOffset.UTC);
        return new HarvestedDirectory(database, clock, perAddress, total);
    }

    private TestIdentity identity() {
        return authority.issue(Spec.mail("Somebody", "somebody@example.org").key(KeyKind.P256));
    }

    private X509Certificate certificate() {
        return identity().certificate();
    }

    private static Capabilities seen(long seconds, String... oids) {
        return new Capabilities(List.of(oids), NOW.plusSeconds(seconds));
    }

    @Test
    void givesBackWhatWasHarvestedAlsoAfterARestart() throws Failure {
        TestIdentity alice = identity();
        at(0).harvest(ALICE, alice.certificate(), alice.chain(), seen(0, "1.2.3", "1.2.4"));
        database.close();
        open();
        DirectoryEntry entry = at(1).find(
                        EmailAddress.parse("ALICE@EXAMPLE.org").orElseThrow())
                .getFirst();
        assertThat(entry.certificate()).isEqualTo(alice.certificate());
        assertThat(entry.chain()).isEqualTo(alice.chain());
        assertThat(entry.capabilities()).isEqualTo(seen(0, "1.2.3", "1.2.4"));
        assertThat(entry.source()).isEqualTo(DirectoryEntry.Source.HARVESTED);
        assertThat(entry.pinned()).isFalse();
        assertThat(at(1).find(BOB)).isEmpty();
    }

    @Test
    void givesTheLastSeenFirst() throws Failure {
        X509Certificate first = certificate();
        X509Certificate second = certificate();
        at(0).harvest(ALICE, first, List.of(), seen(0));
        at(1).harvest(ALICE, second, List.of(), seen(1));
        assertThat(at(2).find(ALICE)).extracting(DirectoryEntry::certificate).containsExactly(second, first);
        at(3).harvest(ALICE, first, List.of(), seen(3));
        assertThat(at(4).find(ALICE)).extracting(DirectoryEntry::certificate).containsExactly(first, second);
    }

    @Test
    void anOlderMessageDoesNotReplaceNewerCapabilities() throws Failure {
        X509Certificate alice = certificate();
        at(0).harvest(ALICE, alice, List.of(), seen(100, "1.2.3"));
        at(1).harvest(ALICE, alice, List.of(), seen(50, "1.2.9"));
        assertThat(at(2).find(ALICE).getFirst().capabilities()).isEqualTo(seen(100, "1.2.3"));
        at(3).harvest(ALICE, alice, List.of(), seen(200));
        assertThat(at(4).find(ALICE).getFirst().capabilities()).isEqualTo(seen(200));
    }

    @Test
    void aPinStaysWhenTheCertificateIsSeenAgain() throws Failure {
        TestIdentity alice = identity();
        at(0).keep(ALICE, alice.certificate(), true);
        assertThat(at(0).find(ALICE).getFirst().capabilities()).isNull();
        at(1).harvest(ALICE, alice.certificate(), alice.chain(), seen(1, "1.2.3"));
        at(2).keep(ALICE, alice.certificate(), false);
        DirectoryEntry entry = at(3).find(ALICE).getFirst();
        assertThat(entry.pinned()).isTrue();
        assertThat(entry.source()).isEqualTo(DirectoryEntry.Source.IMPORTED);
        assertThat(entry.chain()).isEqualTo(alice.chain());
        assertThat(entry.capabilities()).isEqualTo(seen(1, "1.2.3"));
    }

    @Test
    void whatWasSeenLongestAgoMakesRoomAtOneAddress() throws Failure {
        X509Certificate oldest = certificate();
        X509Certificate pinned = certificate();
        at(0).keep(ALICE, pinned, true);
        at(1).harvest(ALICE, oldest, List.of(), seen(1));
        X509Certificate third = certificate();
        at(2).harvest(ALICE, third, List.of(), seen(2));
        assertThat(at(3).find(ALICE)).hasSize(3);
        X509Certificate fourth = certificate();
        at(3).harvest(ALICE, fourth, List.of(), seen(3));
        assertThat(at(4).find(ALICE)).extracting(DirectoryEntry::certificate).containsExactly(fourth, third, pinned);
    }

    @Test
    void refusesWhenEverythingIsPinned() throws Failure {
        for (int i = 0; i < 3; i++) {
            at(i).keep(ALICE, certificate(), true);
        }
        assertThatThrownBy(() -> at(9).harvest(ALICE, certificate(), List.of(), seen(9)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.QUOTA_EXCEEDED));
        assertThat(at(9).find(ALICE)).hasSize(3).allMatch(DirectoryEntry::pinned);
    }

    @Test
    void limitsTheTotal() throws Failure {
        for (int i = 0; i < 6; i++) {
            EmailAddress address =
                    EmailAddress.parse("user" + i + "@example.org").orElseThrow();
            at(i).harvest(address, certificate(), List.of(), seen(i));
        }
        assertThat(at(9).all()).hasSize(5);
        assertThat(at(9).find(EmailAddress.parse("user0@example.org").orElseThrow()))
                .isEmpty();
    }

    @Test
    void keepsAtMostSoManyIssuers() throws Failure {
        List<X509Certificate> chain = java.util.stream.IntStream.rangeClosed(0, Certificates.MAX_CHAIN)
                .mapToObj(i -> certificate())
                .toList();
        at(0).harvest(ALICE, certificate(), chain, seen(0));
        assertThat(at(0).find(ALICE).getFirst().chain()).isEqualTo(chain.subList(0, Certificates.MAX_CHAIN));
    }

    @Test
    void forgetsByFingerprintUnderEveryAddress() throws Failure {
        X509Certificate shared = certificate();
        at(0).harvest(ALICE, shared, List.of(), seen(0));
        at(0).keep(BOB, shared, false);
        assertThat(at(1).forget(Fingerprint.sha256(shared))).isTrue();
        assertThat(at(1).forget(Fingerprint.sha256(shared))).isFalse();
        assertThat(at(1).all()).isEmpty();
    }

    @Test
    void aChoiceGoesWithItsCertificate() throws Failure {
        RecipientPreferences preferences = new RecipientPreferences(database);
        X509Certificate one = certificate();
        X509Certificate other = certificate();
        at(0).keep(ALICE, one, false);
        preferences.prefer(ALICE, other);
        preferences.prefer(ALICE, one);
        preferences.prefer(BOB, other);
        at(1).forget(Fingerprint.sha256(one));
        assertThat(preferences.preferred(ALICE)).isEmpty();
        assertThat(preferences.preferred(BOB)).contains(Fingerprint.sha256(other));
    }

    @Test
    void anOlderDatabaseLearnsToKeepChoices(@TempDir Path old) throws Failure {
        X509Certificate known = certificate();
        SchemaPart first = new SchemaPart(
                HarvestedDirectory.SCHEMA.name(),
                HarvestedDirectory.SCHEMA.steps().subList(0, 1));
        try (Database before = Database.open(old.resolve("zegel.db"), List.of(first))) {
            new HarvestedDirectory(before, Clock.fixed(NOW, ZoneOffset.UTC)).keep(ALICE, known, false);
        }
        try (Database now = Database.open(old.resolve("zegel.db"), List.of(HarvestedDirectory.SCHEMA))) {
            RecipientPreferences preferences = new RecipientPreferences(now);
            preferences.prefer(ALICE, known);
            assertThat(preferences.preferred(ALICE)).contains(Fingerprint.sha256(known));
            assertThat(new HarvestedDirectory(now, Clock.fixed(NOW, ZoneOffset.UTC)).find(ALICE))
                    .hasSize(1);
        }
    }
}
