package org.zegel.directory;

import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;

/**
 * Which of a correspondent's certificates the person chose to encrypt to. Unlike a pin it vouches for nothing: it picks
 * among certificates that pass every check, and what its issuer gives instead of the one chosen inherits the choice. The table belongs to {@link HarvestedDirectory#SCHEMA}.
 */
public final class RecipientPreferences {
    static final String TABLE = """
            CREATE TABLE preferred_recipient (
              address TEXT PRIMARY KEY,
              sha256 TEXT NOT NULL
            ) STRICT;
            """;

    private final Database database;

    public RecipientPreferences(Database database) {
        this.database = database;
    }

    /** The lower-case hexadecimal SHA-256 of the certificate chosen for the address; it may be good no longer. */
    public Optional<String> preferred(EmailAddress address) throws Failure {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT sha256 FROM preferred_recipient WHERE address = ?",
                row -> row.getString(1),
                address.key()));
    }

    /** Chooses the certificate for the address, instead of any other. */
    public void prefer(EmailAddress address, X509Certificate certificate) throws Failure {
        String sha256 = Fingerprint.sha256(certificate);
        database.change(connection -> Sql.update(
                connection,
                "INSERT INTO preferred_recipient VALUES (?, ?)"
                        + " ON CONFLICT (address) DO UPDATE SET sha256 = excluded.sha256",
                address.key(),
                sha256));
    }

    /** By address, in order, the lower-case hexadecimal SHA-256 of what was chosen for it. */
    public SortedMap<String, String> all() throws Failure {
        return database.read(connection -> {
            SortedMap<String, String> all = new TreeMap<>();
            Sql.query(
                            connection,
                            "SELECT address, sha256 FROM preferred_recipient",
                            row -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
            return all;
        });
    }

    /** Forgets the choice for the address; false where there was none. */
    public boolean forget(EmailAddress address) throws Failure {
        return database.write(connection ->
                        Sql.update(connection, "DELETE FROM preferred_recipient WHERE address = ?", address.key()))
                > 0;
    }

    /** With the certificate goes the choice of it. */
    static void forget(Connection connection, String sha256) throws SQLException {
        Sql.update(connection, "DELETE FROM preferred_recipient WHERE sha256 = ?", sha256);
    }
}
