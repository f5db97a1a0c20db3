package org.zegel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.model.Failure;

class DatabaseTest {
    private static final SchemaPart ONE = new SchemaPart("pets", List.of("""
            CREATE TABLE pet (name TEXT PRIMARY KEY) STRICT;
            INSERT INTO pet VALUES ('first');
            """));
    private static final SchemaPart TWO =
            new SchemaPart("pets", List.of(ONE.steps().getFirst(), "ALTER TABLE pet ADD COLUMN legs INTEGER"));
    private static final SchemaPart BROKEN = new SchemaPart(
            "pets", List.of(ONE.steps().getFirst(), "CREATE TABLE half (x TEXT); DROP TABLE pet; CREATE NONSENSE"));

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = home.resolve("zegel.db");
    }

    @Test
    void makesAPrivateFileAndKeepsWhatWasWritten() throws Exception {
        try (Database database = open(ONE)) {
            database.change(connection -> Sql.update(connection, "INSERT INTO pet VALUES (?)", "cat"));
            try (var files = Files.list(home)) {
                for (Path made : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                            .as(made.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
        try (Database database = open(ONE)) {
            assertThat(names(database)).containsExactly("cat", "first");
        }
    }

    @Test
    void runsOnlyTheStepsThatAreMissing() throws Exception {
        open(ONE).close();
        try (Database database = open(TWO)) {
            database.change(connection -> Sql.update(connection, "UPDATE pet SET legs = 4"));
            assertThat(names(database)).containsExactly("first");
        }
        open(TWO).close();
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        open(TWO).close();
        fails(Failure.Kind.STORE_UNAVAILABLE, "newer version", () -> open(ONE));
        fails(Failure.Kind.STORE_UNAVAILABLE, "newer version", () -> Database.open(file, List.of()));
        open(TWO).close();
    }

    @Test
    void aFailedMigrationLeavesTheOldSchema() throws Exception {
        open(ONE).close();
        fails(Failure.Kind.INTERNAL, "", () -> open(BROKEN));
        try (Database database = open(ONE)) {
            assertThat(names(database)).containsExactly("first");
            assertThat(tables(database)).doesNotContain("half");
        }
    }

    @Test
    void aMigrationThatIsKilledLeavesTheOldSchema() throws Exception {
        open(ONE).close();
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowMigration.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        // The migration is under way when another process can no longer begin a transaction.
        awaitLocked();
        assertThat(victim.isAlive()).isTrue();
        victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        try (Database database = open(ONE)) {
            assertThat(names(database)).containsExactly("first");
            assertThat(tables(database)).doesNotContain("half");
        }
    }

    @Test
    void nothingOfAFailedTransactionStays() throws Exception {
        try (Database database = open(ONE)) {
            Failure own = new Failure(Failure.Kind.BUSY, "mine");
            assertThatThrownBy(() -> database.change(connection -> {
                        Sql.update(connection, "INSERT INTO pet VALUES ('ghost')");
                        database.change(inner -> Sql.update(inner, "INSERT INTO pet VALUES ('inner')"));
                        throw own;
                    }))
                    .isSameAs(own);
            fails(
                    Failure.Kind.INTERNAL,
                    "",
                    () -> database.change(connection -> {
                        Sql.update(connection, "INSERT INTO pet VALUES ('ghost')");
                        Sql.update(connection, "INSERT INTO pet VALUES ('ghost')");
                    }));
            assertThat(names(database)).containsExactly("first");
        }
    }

    @Test
    void saysWhatToDoAboutAFileThatIsNoDatabase() throws Exception {
        Files.writeString(file, "This is not a database, whatever its name says.".repeat(100));
        fails(Failure.Kind.STORE_UNAVAILABLE, "damaged", () -> open(ONE));
    }

    @Test
    void saysWhatToDoWhenTheHomeIsMissing() {
        file = home.resolve("missing").resolve("zegel.db");
        fails(Failure.Kind.STORE_UNAVAILABLE, "cannot be made", () -> open(ONE));
    }

    @Test
    void manyThreadsAndTwoConnectionsLoseNothing() throws Exception {
        SchemaPart counter = new SchemaPart(
                "counter", List.of("CREATE TABLE counter (n INTEGER) STRICT; INSERT INTO counter VALUES (0)"));
        try (Database first = open(counter);
                Database second = open(counter)) {
            CompletableFuture<?>[] workers = new CompletableFuture<?>[6];
            for (int i = 0; i < workers.length; i++) {
                Database mine = i % 2 == 0 ? first : second;
                workers[i] = CompletableFuture.runAsync(() -> count(mine));
            }
            CompletableFuture.allOf(workers).join();
            int total = first.read(connection -> Sql.first(connection, "SELECT n FROM counter", row -> row.getInt(1))
                    .orElseThrow());
            assertThat(total).isEqualTo(120);
        }
    }

    private static void count(Database database) {
        try {
            for (int i = 0; i < 20; i++) {
                database.change(connection -> {
                    int n = Sql.first(connection, "SELECT n FROM counter", row -> row.getInt(1))
                            .orElseThrow();
                    Sql.update(connection, "UPDATE counter SET n = ?", n + 1);
                });
            }
        } catch (Failure thrown) {
            throw new AssertionError(thrown);
        }
    }

    private void awaitLocked() throws Exception {
        for (int i = 0; i < 300; i++) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 0");
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("ROLLBACK");
            } catch (java.sql.SQLException locked) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the migration did not start");
    }

    private Database open(SchemaPart part) throws Failure {
        return Database.open(file, List.of(part));
    }

    private static List<String> names(Database database) throws Failure {
        return database.read(
                connection -> Sql.query(connection, "SELECT name FROM pet ORDER BY name", row -> row.getString(1)));
    }

    private static List<String> tables(Database database) throws Failure {
        return database.read(
                connection -> Sql.query(connection, "SELECT name FROM sqlite_master", row -> row.getString(1)));
    }

    private static void fails(Failure.Kind kind, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
