package org.zegel.database;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.zegel.model.Failure;

/** What a person can do about an error of the database. */
final class SqlFailures {
    private static final int PRIMARY = 0xff;

    private SqlFailures() {}

    static Failure failure(SQLException thrown) {
        return switch (primary(thrown)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new Failure(
                        Failure.Kind.BUSY, "Another Zegel is using the database for long. Try again shortly.", thrown);
            case SQLITE_FULL, SQLITE_IOERR ->
                new Failure(
                        Failure.Kind.STORE_UNAVAILABLE,
                        "Zegel's database could not be written or read. Is the disk full or failing?",
                        thrown);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                new Failure(
                        Failure.Kind.STORE_UNAVAILABLE,
                        "Zegel's database cannot be opened for writing. Does Zegel's home belong to you?",
                        thrown);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new Failure(
                        Failure.Kind.STORE_UNAVAILABLE,
                        "Zegel's database (zegel.db) is damaged. Put back a copy, or move it away to start afresh:"
                                + " keys are not in it, pairings and collected certificates are.",
                        thrown);
            default -> new Failure(Failure.Kind.INTERNAL, "The database refused a request of Zegel's own.", thrown);
        };
    }

    private static SQLiteErrorCode primary(SQLException thrown) {
        if (!(thrown instanceof SQLiteException sqlite)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY);
    }
}
