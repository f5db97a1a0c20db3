package org.zegel.database;

import java.nio.file.Path;
import java.util.List;

/** A process that never gets to the end of its migration. */
final class SlowMigration {
    private SlowMigration() {}

    public static void main(String[] arguments) throws Exception {
        String endless = """
                CREATE TABLE half (x INTEGER);
                DROP TABLE pet;
                INSERT INTO half WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0;
                """;
        Database.open(Path.of(arguments[0]), List.of(new SchemaPart("pets", List.of("", endless))));
    }
}
