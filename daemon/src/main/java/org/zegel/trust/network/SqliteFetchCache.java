package org.zegel.trust.network;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Failure;
import org.zegel.model.Sha256;
import org.zegel.trust.network.FetchResult.Failed;
import org.zegel.trust.network.FetchResult.Fetched;

/**
 * The cache in Zegel's database, for all its processes. It keeps no URL, only digests: it tells nobody whose
 * mail was read. What has run out is removed when something is kept; of what is left the oldest goes when there is no
 * room. An error costs the cache's help, never the verdict.
 */
public final class SqliteFetchCache implements FetchCache {
    /** Most bytes kept. */
    public static final long MAX_BYTES = 96L * 1024 * 1024;
    /** Most answers kept. */
    public static final int MAX_ENTRIES = 5_000;

    public static final SchemaPart SCHEMA = new SchemaPart("fetched", List.of("""
            CREATE TABLE fetched (
              key BLOB PRIMARY KEY,
              kept_at INTEGER NOT NULL,
              until INTEGER NOT NULL,
              failure TEXT,
              size INTEGER NOT NULL,
              bytes BLOB
            ) STRICT;
            CREATE INDEX fetched_until ON fetched (until);
            """));

    private static final Logger LOG = LoggerFactory.getLogger(SqliteFetchCache.class);

    private final Database database;
    private final long maxBytes;
    private final int maxEntries;

    public SqliteFetchCache(Database database) {
        this(database, MAX_BYTES, MAX_ENTRIES);
    }

    SqliteFetchCache(Database database, long maxBytes, int maxEntries) {
        this.database = database;
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    @Override
    public Optional<FetchResult> find(String key, Instant now) {
        try {
            // An answer from the future was kept by a clock that has been put back since.
            return database.read(open -> Sql.first(
                    open,
                    "SELECT failure, bytes FROM fetched WHERE key = ? AND until > ? AND kept_at <= ?",
                    SqliteFetchCache::result,
                    Sha256.of(key),
                    now.getEpochSecond(),
                    now.getEpochSecond()));
        } catch (Failure unreadable) {
            LOG.warn("The cache of revocation data could not be read", unreadable);
            return Optional.empty();
        }
    }

    @Override
    public void keep(String key, byte[] bytes, Instant now, Instant until) {
        if (bytes.length <= maxBytes) {
            keep(key, "", bytes, now, until);
        }
    }

    @Override
    public void keep(String key, FetchFailure why, Instant now, Instant until) {
        keep(key, why.name().toLowerCase(Locale.ROOT), new byte[0], now, until);
    }

    private void keep(String key, String failure, byte[] bytes, Instant now, Instant until) {
        try {
            database.change(open -> {
                Sql.update(open, "DELETE FROM fetched WHERE until <= ?", now.getEpochSecond());
                Sql.update(
                        open,
                        """
                        INSERT INTO fetched (key, kept_at, until, failure, size, bytes) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (key) DO UPDATE SET kept_at = excluded.kept_at, until = excluded.until,
                          failure = excluded.failure, size = excluded.size, bytes = excluded.bytes
                        """,
                        Sha256.of(key),
                        now.getEpochSecond(),
                        until.getEpochSecond(),
                        failure,
                        bytes.length,
                        bytes);
                makeRoom(open);
            });
        } catch (Failure unwritable) {
            LOG.warn("The cache of revocation data could not be written", unwritable);
        }
    }

    /** Keeps the newest as far as they fit. */
    private void makeRoom(Connection open) throws SQLException {
        Sql.update(open, """
                DELETE FROM fetched WHERE key IN (
                  SELECT key FROM (
                    SELECT key,
                      SUM(size) OVER newest AS total,
                      ROW_NUMBER() OVER newest AS number
                    FROM fetched WINDOW newest AS (ORDER BY kept_at DESC, key ROWS UNBOUNDED PRECEDING))
                  WHERE total > ? OR number > ?)
                """, maxBytes, maxEntries);
    }

    private static FetchResult result(ResultSet row) throws SQLException {
        String failure = row.getString(1);
        if (failure.isEmpty()) {
            return new Fetched(row.getBytes(2), true);
        }
        return new Failed(FetchFailure.valueOf(failure.toUpperCase(Locale.ROOT)));
    }
}
