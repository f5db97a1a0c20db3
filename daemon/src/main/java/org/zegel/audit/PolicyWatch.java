package org.zegel.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/** Writes a line when the organisation's policy is another than before. */
public final class PolicyWatch {
    /** The operation of that line. */
    public static final String OPERATION = "policy.change";

    private final Database database;
    private final AuditLog log;

    public PolicyWatch(Database database, AuditLog log) {
        this.database = database;
        this.log = log;
    }

    /**
     * This policy is in force now.
     *
     * @param digest SHA-256 of what it says, in hexadecimal; null where there is none
     * @param names of the settings it decides
     */
    public void inForce(@Nullable String digest, Iterable<String> names) throws Failure {
        if (Objects.equals(known(), digest)) {
            return;
        }
        database.change(connection -> {
            if (Objects.equals(known(), digest)) {
                return;
            }
            Sql.update(
                    connection,
                    "INSERT INTO audit_policy VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET digest = excluded.digest",
                    digest);
            log.append(new AuditEvent(
                            AuditEvent.ZEGEL,
                            null,
                            OPERATION,
                            null,
                            null,
                            digest == null ? null : "SHA-256",
                            digest,
                            AuditEvent.DONE,
                            null,
                            null)
                    .withDetail(digest == null ? "no policy" : String.join(" ", names)));
        });
    }

    private @Nullable String known() throws Failure {
        return database.<@Nullable String>read(connection -> {
            // A row with nothing in it says that there is no policy, as no row does.
            var rows = Sql.query(
                    connection, "SELECT digest FROM audit_policy WHERE digest IS NOT NULL", row -> row.getString(1));
            return rows.isEmpty() ? null : rows.getFirst();
        });
    }
}
