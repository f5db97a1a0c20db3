package org.zegel.directory;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/** The PKCS#11 modules that the person added, by their paths. */
public final class AddedModules {
    /** Most that are kept. */
    public static final int MAX = 20;

    /** The table of modules. */
    public static final SchemaPart SCHEMA = new SchemaPart("module", List.of("""
            CREATE TABLE module (
              path TEXT PRIMARY KEY
            ) STRICT;
            """));

    private final Database database;

    public AddedModules(Database database) {
        this.database = database;
    }

    /** In the order of their paths. */
    public List<Path> all() throws Failure {
        List<Path> paths = new ArrayList<>();
        for (String text : database.read(connection ->
                Sql.query(connection, "SELECT path FROM module ORDER BY path", row -> row.getString(1)))) {
            try {
                paths.add(Path.of(text));
            } catch (InvalidPathException ofAnotherSystem) {
                continue;
            }
        }
        return List.copyOf(paths);
    }

    /**
     * Nothing happens when it is there already.
     *
     * @throws Failure {@code QUOTA_EXCEEDED} beyond {@value #MAX}
     */
    public void add(Path library) throws Failure {
        List<Path> before = all();
        if (before.contains(library)) {
            return;
        }
        if (before.size() >= MAX) {
            throw new Failure(
                    Failure.Kind.QUOTA_EXCEEDED, "No more than " + MAX + " modules can be added. Remove one first.");
        }
        database.change(connection -> Sql.update(connection, "INSERT INTO module VALUES (?)", library.toString()));
    }

    /** Nothing happens when it is not there. */
    public void remove(Path library) throws Failure {
        database.change(connection -> Sql.update(connection, "DELETE FROM module WHERE path = ?", library.toString()));
    }
}
