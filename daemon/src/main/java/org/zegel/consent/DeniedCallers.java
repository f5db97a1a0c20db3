package org.zegel.consent;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Caller;
import org.zegel.model.Failure;

/** Callers that a person refused for good. */
final class DeniedCallers {
    private final Database database;

    DeniedCallers(Database database) {
        this.database = database;
    }

    void add(Caller caller, String name, Instant at) throws Failure {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO denied_caller VALUES (?, ?)",
                key(caller, name),
                at.toEpochMilli()));
    }

    boolean has(Caller caller, String name) throws Failure {
        List<String> keys =
                Stream.of(key(caller, name), byName(caller, name)).distinct().toList();
        return database.read(connection -> {
            for (String key : keys) {
                if (Sql.first(connection, "SELECT 1 FROM denied_caller WHERE caller = ?", row -> row.getInt(1), key)
                        .isPresent()) {
                    return true;
                }
            }
            return false;
        });
    }

    /** All of them may ask again; how many they were. */
    int forget() throws Failure {
        return database.write(connection -> Sql.update(connection, "DELETE FROM denied_caller"));
    }

    /**
     * A local program is known by its path and its user where the system tells them, for it can give itself any name;
     * else by that name, which is all there is.
     */
    private static String key(Caller caller, String name) {
        return caller.origin() == null && caller.program() != null
                ? caller.door() + " user " + caller.user() + " program " + caller.program()
                : byName(caller, name);
    }

    private static String byName(Caller caller, String name) {
        return caller.door() + " " + (caller.origin() == null ? "name " + name : "origin " + caller.origin());
    }
}
