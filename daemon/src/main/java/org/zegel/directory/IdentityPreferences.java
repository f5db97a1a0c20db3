package org.zegel.directory;

import java.util.List;
import java.util.Optional;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;

/** Which of several identities the person wants for an address. */
public final class IdentityPreferences {
    /** The table of preferences. */
    public static final SchemaPart SCHEMA = new SchemaPart("preference", List.of("""
            CREATE TABLE preference (
              address TEXT PRIMARY KEY,
              identity TEXT NOT NULL
            ) STRICT;
            """));

    private final Database database;

    public IdentityPreferences(Database database) {
        this.database = database;
    }

    /** The identity chosen for the address; it may be gone from its store since. */
    public Optional<IdentityId> preferred(EmailAddress address) throws Failure {
        return database.read(connection -> Sql.first(
                connection,
                "SELECT identity FROM preference WHERE address = ?",
                row -> new IdentityId(row.getString(1)),
                address.key()));
    }

    /** Chooses the identity for the address, instead of any other. */
    public void prefer(EmailAddress address, IdentityId identity) throws Failure {
        database.change(connection -> Sql.update(
                connection,
                "INSERT INTO preference VALUES (?, ?) ON CONFLICT (address) DO UPDATE SET identity = excluded.identity",
                address.key(),
                identity.value()));
    }
}
