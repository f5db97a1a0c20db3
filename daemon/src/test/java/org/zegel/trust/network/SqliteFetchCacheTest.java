package org.zegel.trust.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.model.Failure;

class SqliteFetchCacheTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() throws Failure {
        database = another();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Database another() throws Failure {
        return Database.open(directory.resolve("zegel.db"), List.of(SqliteFetchCache.SCHEMA));
    }

    private static byte[] bytes(int size, int value) {
        byte[] made = new byte[size];
        Arrays.fill(made, (byte) value);
        return made;
    }

    private static Optional<byte[]> found(SqliteFetchCache cache, String key, Instant now) {
        return cache.find(key, now).map(FetchResult.Fetched.class::cast).map(FetchResult.Fetched::bytes);
    }

    @Test
    void keepsUpToTheMoment() {
        SqliteFetchCache cache = new SqliteFetchCache(database);
        cache.keep("a", bytes(3, 1), NOW, NOW.plusSeconds(10));
        assertThat(found(cache, "a", NOW.plusSeconds(9))).contains(bytes(3, 1));
        assertThat(cache.find("a", NOW.plusSeconds(10))).isEmpty();
        assertThat(cache.find("b", NOW)).isEmpty();
        assertThat(cache.find("a", NOW.minusSeconds(1)))
                .as("the clock was put back")
                .isEmpty();
    }

    @Test
    void theNewestAnswerCounts() {
        SqliteFetchCache cache = new SqliteFetchCache(database);
        cache.keep("a", FetchFailure.TIME_OUT, NOW, NOW.plusSeconds(10));
        assertThat(cache.find("a", NOW)).contains(new FetchResult.Failed(FetchFailure.TIME_OUT));
        cache.keep("a", bytes(3, 2), NOW.plusSeconds(1), NOW.plusSeconds(20));
        assertThat(found(cache, "a", NOW.plusSeconds(1))).contains(bytes(3, 2));
    }

    @Test
    void anotherProcessSeesItAndWritesBesideUs() throws Exception {
        SqliteFetchCache mine = new SqliteFetchCache(database);
        mine.keep("a", bytes(3, 1), NOW, NOW.plusSeconds(10));
        try (Database second = another()) {
            SqliteFetchCache theirs = new SqliteFetchCache(second);
            assertThat(found(theirs, "a", NOW)).contains(bytes(3, 1));
            Thread writer = Thread.ofVirtual().start(() -> write(theirs, "theirs"));
            write(mine, "mine");
            writer.join();
            for (int i = 0; i < 20; i++) {
                assertThat(found(mine, "theirs" + i, NOW)).isPresent();
                assertThat(found(theirs, "mine" + i, NOW)).isPresent();
            }
        }
    }

    private static void write(SqliteFetchCache cache, String name) {
        for (int i = 0; i < 20; i++) {
            cache.keep(name + i, bytes(100, i), NOW, NOW.plusSeconds(10));
        }
    }

    @Test
    void theOldestGoesWhenThereIsNoRoom() {
        SqliteFetchCache cache = new SqliteFetchCache(database, 100, 10);
        for (int i = 0; i < 3; i++) {
            cache.keep("k" + i, bytes(40, i), NOW.plusSeconds(i), NOW.plusSeconds(100));
        }
        Instant later = NOW.plusSeconds(3);
        assertThat(found(cache, "k0", later)).isEmpty();
        assertThat(found(cache, "k1", later)).isPresent();
        assertThat(found(cache, "k2", later)).isPresent();
        cache.keep("exact", bytes(100, 9), later, NOW.plusSeconds(100));
        assertThat(found(cache, "exact", later)).isPresent();
        assertThat(found(cache, "k2", later)).isEmpty();
        cache.keep("more", bytes(101, 9), later, NOW.plusSeconds(100));
        assertThat(found(cache, "more", later)).isEmpty();
        assertThat(found(cache, "exact", later)).isPresent();
    }

    @Test
    void thereIsRoomForSoManyAnswersAndNotOneMore() {
        SqliteFetchCache cache = new SqliteFetchCache(database, 1000, 3);
        for (int i = 0; i < 4; i++) {
            cache.keep("k" + i, bytes(1, i), NOW.plusSeconds(i), NOW.plusSeconds(100));
        }
        Instant later = NOW.plusSeconds(4);
        assertThat(found(cache, "k0", later)).isEmpty();
        for (int i = 1; i < 4; i++) {
            assertThat(found(cache, "k" + i, later)).isPresent();
        }
    }

    @Test
    void noUrlIsWrittenDown() throws Exception {
        SqliteFetchCache cache = new SqliteFetchCache(database);
        cache.keep("CRL http://secret-ca.example/list.crl", bytes(3, 1), NOW, NOW.plusSeconds(10));
        database.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret-ca");
            }
        }
    }

    @Test
    void aDatabaseThatFailsCostsOnlyTheHelp() {
        SqliteFetchCache cache = new SqliteFetchCache(database);
        database.close();
        cache.keep("a", bytes(3, 1), NOW, NOW.plusSeconds(10));
        assertThat(cache.find("a", NOW)).isEmpty();
    }
}
