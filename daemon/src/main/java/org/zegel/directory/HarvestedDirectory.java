package org.zegel.directory;

import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Capabilities;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;

/** The book of correspondents in the database. Bounded: what was seen longest ago makes room, pinned entries never do. */
public final class HarvestedDirectory implements Directory {
    /** Most certificates kept for one address. */
    public static final int MAX_PER_ADDRESS = 16;
    /** Most certificates kept in all. */
    public static final int MAX_TOTAL = 20_000;

    /** The table of correspondents. {@code seen} and {@code capabilities_seen} are milliseconds since 1970. */
    public static final SchemaPart SCHEMA = new SchemaPart("directory", List.of("""
            CREATE TABLE correspondents (
              address_key TEXT NOT NULL,
              sha256 TEXT NOT NULL,
              der BLOB NOT NULL,
              chain BLOB NOT NULL,
              capabilities TEXT,
              capabilities_seen INTEGER,
              seen INTEGER NOT NULL,
              source TEXT NOT NULL,
              pinned INTEGER NOT NULL,
              PRIMARY KEY (address_key, sha256)
            ) STRICT;
            CREATE INDEX correspondents_sha256 ON correspondents (sha256);
            CREATE INDEX correspondents_seen ON correspondents (pinned, seen);
            """, RecipientPreferences.TABLE));

    private static final String COLUMNS = "der, chain, capabilities, capabilities_seen, source, pinned";

    private final Database database;
    private final Clock clock;
    private final int maxPerAddress;
    private final int maxTotal;

    public HarvestedDirectory(Database database, Clock clock) {
        this(database, clock, MAX_PER_ADDRESS, MAX_TOTAL);
    }

    HarvestedDirectory(Database database, Clock clock, int maxPerAddress, int maxTotal) {
        this.database = database;
        this.clock = clock;
        this.maxPerAddress = maxPerAddress;
        this.maxTotal = maxTotal;
    }

    @Override
    public List<DirectoryEntry> find(EmailAddress address) throws Failure {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM correspondents WHERE address_key = ? ORDER BY seen DESC, sha256",
                HarvestedDirectory::entry,
                address.key()));
    }

    @Override
    public List<DirectoryEntry> all() throws Failure {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM correspondents ORDER BY address_key, seen DESC, sha256",
                HarvestedDirectory::entry));
    }

    @Override
    public void harvest(
            EmailAddress address, X509Certificate certificate, List<X509Certificate> chain, Capabilities capabilities)
            throws Failure {
        Row row = new Row(address, certificate, chain, capabilities, DirectoryEntry.Source.HARVESTED, false);
        // An old message, read again, says nothing new: the later sight of what the correspondent reads stays.
        database.change(connection -> put(connection, row, """
                ON CONFLICT (address_key, sha256) DO UPDATE SET
                  chain = CASE WHEN length(excluded.chain) >= length(chain) THEN excluded.chain ELSE chain END,
                  seen = excluded.seen,
                  capabilities = CASE WHEN capabilities_seen IS NULL OR excluded.capabilities_seen >= capabilities_seen
                    THEN excluded.capabilities ELSE capabilities END,
                  capabilities_seen = max(coalesce(capabilities_seen, 0), excluded.capabilities_seen)"""));
    }

    @Override
    public void keep(EmailAddress address, X509Certificate certificate, List<X509Certificate> chain, boolean pinned)
            throws Failure {
        Row row = new Row(address, certificate, chain, null, DirectoryEntry.Source.IMPORTED, pinned);
        database.change(connection -> put(connection, row, """
                ON CONFLICT (address_key, sha256) DO UPDATE SET
                  chain = CASE WHEN length(excluded.chain) >= length(chain) THEN excluded.chain ELSE chain END,
                  seen = excluded.seen, source = excluded.source, pinned = max(pinned, excluded.pinned)"""));
    }

    @Override
    public boolean forget(String sha256) throws Failure {
        return database.write(connection -> {
                    RecipientPreferences.forget(connection, sha256);
                    return Sql.update(connection, "DELETE FROM correspondents WHERE sha256 = ?", sha256);
                })
                > 0;
    }

    private record Row(
            EmailAddress address,
            X509Certificate certificate,
            List<X509Certificate> chain,
            @Nullable Capabilities capabilities,
            DirectoryEntry.Source source,
            boolean pinned) {}

    private void put(Connection connection, Row row, String onConflict) throws SQLException, Failure {
        String sha256 = Fingerprint.sha256(row.certificate());
        makeRoom(connection, row.address().key(), sha256);
        Capabilities capabilities = row.capabilities();
        Sql.update(
                connection,
                "INSERT INTO correspondents (address_key, sha256, der, chain, capabilities, capabilities_seen, seen,"
                        + " source, pinned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) " + onConflict,
                row.address().key(),
                sha256,
                Certificates.encode(row.certificate()),
                Certificates.encode(row.chain()),
                capabilities == null ? null : String.join(" ", capabilities.oids()),
                capabilities == null ? null : capabilities.seen().toEpochMilli(),
                clock.millis(),
                row.source().name(),
                row.pinned() ? 1 : 0);
    }

    private void makeRoom(Connection connection, String key, String sha256) throws SQLException, Failure {
        if (count(connection, "WHERE address_key = ? AND sha256 = ?", key, sha256) > 0) {
            return;
        }
        if (count(connection, "WHERE address_key = ?", key) >= maxPerAddress) {
            dropOldest(connection, "AND address_key = ?", key);
        }
        if (count(connection, "") >= maxTotal) {
            dropOldest(connection, "");
        }
    }

    private static long count(Connection connection, String where, @Nullable Object... arguments) throws SQLException {
        return Sql.first(connection, "SELECT count(*) FROM correspondents " + where, row -> row.getLong(1), arguments)
                .orElse(0L);
    }

    private static void dropOldest(Connection connection, String and, @Nullable Object... arguments)
            throws SQLException, Failure {
        int dropped = Sql.update(
                connection,
                "DELETE FROM correspondents WHERE rowid = (SELECT rowid FROM correspondents WHERE pinned = 0 " + and
                        + " ORDER BY source = 'IMPORTED', seen, rowid LIMIT 1)",
                arguments);
        if (dropped == 0) {
            throw new Failure(
                    Failure.Kind.QUOTA_EXCEEDED,
                    "There are too many pinned certificates. Remove some with certificate.remove.");
        }
    }

    private static DirectoryEntry entry(ResultSet row) throws SQLException {
        String oids = row.getString("capabilities");
        Instant seen = Instant.ofEpochMilli(row.getLong("capabilities_seen"));
        return new DirectoryEntry(
                Certificates.decode(row.getBytes("der")),
                Certificates.decodeAll(row.getBytes("chain")),
                oids == null ? null : new Capabilities(oids.isEmpty() ? List.of() : List.of(oids.split(" ")), seen),
                DirectoryEntry.Source.valueOf(row.getString("source")),
                row.getBoolean("pinned"));
    }
}
