package org.zegel.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zegel.model.Failure;

/** Brings the tables up to date, inside a transaction of the caller's. */
final class Schema {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS schema_part (
              name TEXT PRIMARY KEY,
              version INTEGER NOT NULL
            ) STRICT""";

    private final List<SchemaPart> parts;

    Schema(List<SchemaPart> parts) {
        if (parts.stream().map(SchemaPart::name).distinct().count() != parts.size()) {
            throw new IllegalArgumentException("two schema parts of one name");
        }
        this.parts = List.copyOf(parts);
    }

    /** Runs the steps that are missing; refuses, and changes nothing, when the file is newer than this program. */
    void migrate(Connection connection) throws SQLException, Failure {
        run(connection, TABLE);
        Map<String, Integer> versions = new HashMap<>();
        Sql.query(
                        connection,
                        "SELECT name, version FROM schema_part",
                        row -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
        refuseNewer(versions);
        for (SchemaPart part : parts) {
            int version = versions.getOrDefault(part.name(), 0);
            for (String step : part.steps().subList(version, part.steps().size())) {
                run(connection, step);
            }
            Sql.update(
                    connection,
                    "INSERT INTO schema_part VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version",
                    part.name(),
                    part.steps().size());
        }
    }

    private void refuseNewer(Map<String, Integer> versions) throws Failure {
        for (Map.Entry<String, Integer> found : versions.entrySet()) {
            int known = parts.stream()
                    .filter(part -> part.name().equals(found.getKey()))
                    .mapToInt(part -> part.steps().size())
                    .findFirst()
                    .orElse(0);
            if (found.getValue() > known) {
                throw new Failure(
                        Failure.Kind.STORE_UNAVAILABLE,
                        "Zegel's database was made by a newer version of Zegel. Install that version again.");
            }
        }
    }

    /** A script may hold several statements. */
    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }
}
