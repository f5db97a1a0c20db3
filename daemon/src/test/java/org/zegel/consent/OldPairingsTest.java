package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Scope;

/** A database from before grants had more than scopes. */
class OldPairingsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String TOKEN = "a token of old";

    @TempDir
    Path home;

    @Test
    void aClientOfOldIsAskedAboutAsUsualForEveryKeyAndKeepsItsToken() throws Exception {
        SchemaPart old = new SchemaPart("consent", ClientTable.SCHEMA.steps().subList(0, 1));
        try (Database before = Database.open(home.resolve("zegel.db"), List.of(old))) {
            before.change(connection -> {
                Sql.update(
                        connection,
                        "INSERT INTO client VALUES ('id', 'Mail', 'SOCKET', NULL, 'sign verify', ?, ?, 1, ?)",
                        PairingCode.hash(TOKEN.getBytes(StandardCharsets.UTF_8)),
                        new byte[32],
                        CLOCK.instant().plusSeconds(60).toEpochMilli());
                Sql.update(connection, "INSERT INTO denied_caller VALUES ('SOCKET name Evil', 1)");
            });
        }
        try (Database after = Database.open(home.resolve("zegel.db"), List.of(ClientTable.SCHEMA))) {
            Pairings pairings = new Pairings(after, new ScriptedPrompter(), ClientPolicy.OPEN, CLOCK);
            Caller caller = new Caller(Door.SOCKET, null, null, null, "c").withUser(1000L);
            assertThat(pairings.authenticate(TOKEN, caller)).isPresent();
            PairedClient client = pairings.grants().find("id").orElseThrow();
            assertThat(client.grant()).isEqualTo(Grant.of(Set.of(Scope.SIGN, Scope.VERIFY)));
            assertThat(client.user()).isNull();
            assertThat(client.usedAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            Caller evil = caller.withProcess(1L, "/usr/bin/evil");
            assertThat(new DeniedCallers(after).has(evil, "Evil")).isTrue();
            assertThat(new DeniedCallers(after).has(evil, "Good")).isFalse();
        }
    }
}
