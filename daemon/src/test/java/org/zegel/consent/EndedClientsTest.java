package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** That a client's time is over is written down once. */
class EndedClientsTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private final Decisions written = new Decisions();
    private Database database;
    private Grants grants;

    @BeforeEach
    void start() throws Failure {
        start(ClientPolicy.OPEN);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void onceForEachWhateverHappensBetween() throws Failure {
        add("mail", Duration.ofMinutes(5));
        add("chat", null);
        grants.endExpired();
        assertThat(written.all).isEmpty();

        clock.advance(Duration.ofMinutes(5));
        grants.endExpired();
        clock.advance(Duration.ofMinutes(1));
        grants.endExpired();
        assertThat(ended()).containsExactly("mail");

        stop();
        start(ClientPolicy.OPEN);
        grants.endExpired();
        assertThat(ended()).containsExactly("mail");
    }

    @Test
    void alsoWhenItWasOverWhileNothingRan() throws Failure {
        add("mail", Duration.ofMinutes(5));
        stop();
        clock.advance(Duration.ofDays(1));
        start(ClientPolicy.OPEN);
        grants.endExpired();
        assertThat(ended()).containsExactly("mail");
    }

    @Test
    void againWhenItWasGivenMoreTimeThatIsOverAsWell() throws Failure {
        add("mail", Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5));
        grants.endExpired();
        grants.change("mail", grant(Duration.ofMinutes(5)));
        assertThat(ended()).containsExactly("mail");

        clock.advance(Duration.ofMinutes(5));
        grants.endExpired();
        assertThat(ended()).containsExactly("mail", "mail");
    }

    @Test
    void ofTwoProcessesOneWritesIt() throws Failure {
        add("mail", Duration.ofMinutes(5));
        try (Database second = Database.open(home.resolve("zegel.db"), List.of(Pairings.SCHEMA))) {
            Grants others = new Grants(second, ClientPolicy.OPEN, clock, written);
            others.endExpired();
            clock.advance(Duration.ofMinutes(5));
            grants.endExpired();
            others.endExpired();
        }
        assertThat(ended()).containsExactly("mail");
    }

    @Test
    void whatThePolicyEndsSaysSo() throws Failure {
        add("mail", null);
        stop();
        start(new ClientPolicy(Set.of(), Set.of("mail")));
        grants.endExpired();
        assertThat(written.all)
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Ended.class, end -> assertThat(end.byPolicy()).isTrue());
    }

    @Test
    void aDatabaseOfOldIsBroughtUpToDate() throws Failure {
        Path old = home.resolve("old.db");
        SchemaPart before = new SchemaPart("consent", ClientTable.SCHEMA.steps().subList(0, 2));
        try (Database first = Database.open(old, List.of(before))) {
            first.change(connection -> Sql.update(
                    connection,
                    "INSERT INTO client (id, name, door, scopes, token_hash, key, paired_at, expires_at)"
                            + " VALUES ('mail', 'Mail', 'SOCKET', 'sign', x'00', x'00', 1, 2)"));
        }
        try (Database now = Database.open(old, List.of(ClientTable.SCHEMA))) {
            new Grants(now, ClientPolicy.OPEN, clock, written).endExpired();
            assertThat(ended()).containsExactly("mail");
            assertThat(new EndedClients(now).all()).containsExactly("mail");
            new ClientTable(now).remove("mail");
            assertThat(new EndedClients(now).all()).isEmpty();
        }
    }

    private void start(ClientPolicy policy) throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(Pairings.SCHEMA));
        grants = new Grants(database, policy, clock, written);
    }

    private void add(String id, @Nullable Duration length) throws Failure {
        byte[] hash = new byte[32];
        new SecureRandom().nextBytes(hash);
        PairedClient client = new PairedClient(
                id,
                "Client " + id,
                Door.NATIVE_MESSAGING,
                id,
                null,
                null,
                false,
                grant(length),
                clock.instant(),
                null,
                clock.instant().plus(Pairings.LIFETIME));
        grants.add(new ClientTable.Entry(client, hash, new byte[32]));
    }

    private List<String> ended() {
        return written.all.stream()
                .map(decision -> ((Decision.Ended) decision).client().id())
                .toList();
    }

    private Grant grant(@Nullable Duration length) {
        Grant all = Grant.of(EnumSet.of(Scope.SIGN));
        return length == null
                ? all
                : new Grant(all.scopes(), null, all.asking(), clock.instant().plus(length));
    }
}
