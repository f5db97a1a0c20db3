package org.zegel.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.zegel.model.Failure;

/**
 * The one SQLite file, over one connection that callers use in turn. Errors of the database leave it as
 * {@link Failure}: {@code STORE_UNAVAILABLE}, {@code BUSY} or {@code INTERNAL}. Safe for use by several threads, and
 * by several processes on one file.
 */
public final class Database implements AutoCloseable {
    /** How long one process waits for another's transaction, in milliseconds. */
    private static final int BUSY_TIMEOUT = 10_000;

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock(true);
    private boolean inTransaction;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file, made (mode 0600) where it is missing, and brings its schema up to date: all of it or nothing.
     *
     * @throws Failure {@code STORE_UNAVAILABLE} when it is damaged, not ours to write, or of a newer version
     */
    public static Database open(Path file, List<SchemaPart> parts) throws Failure {
        createPrivately(file);
        Database database;
        try {
            database = new Database(DriverManager.getConnection("jdbc:sqlite:" + file, settings()));
        } catch (SQLException thrown) {
            throw SqlFailures.failure(thrown);
        }
        try {
            Schema schema = new Schema(parts);
            database.change(schema::migrate);
            return database;
        } catch (Failure refused) {
            database.close();
            throw refused;
        }
    }

    /** Reads; what it sees is one state of the database only within one statement. */
    public <T extends @Nullable Object> T read(Work<T> work) throws Failure {
        lock.lock();
        try {
            return work.run(connection);
        } catch (SQLException thrown) {
            throw SqlFailures.failure(thrown);
        } finally {
            lock.unlock();
        }
    }

    /** Reads and changes in one transaction: all of it is on disk when this returns, nothing of it when it throws. */
    public <T extends @Nullable Object> T write(Work<T> work) throws Failure {
        lock.lock();
        try {
            return inTransaction ? work.run(connection) : transaction(work);
        } catch (SQLException thrown) {
            throw SqlFailures.failure(thrown);
        } finally {
            lock.unlock();
        }
    }

    /** A {@link Work} without a result. */
    @FunctionalInterface
    public interface Change {
        void run(Connection connection) throws SQLException, Failure;
    }

    /** The same as {@link #write} for changes that answer nothing. */
    public void change(Change change) throws Failure {
        this.<@Nullable Object>write(open -> {
            change.run(open);
            return null;
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException ignored) {
            // Everything that was written is on disk already.
            return;
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T transaction(Work<T> work) throws SQLException, Failure {
        connection.setAutoCommit(false);
        inTransaction = true;
        boolean done = false;
        try {
            T result = work.run(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            inTransaction = false;
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static Properties settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "on");
        return config.toProperties();
    }

    private static void createPrivately(Path file) throws Failure {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException expected) {
            return;
        } catch (IOException failed) {
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "Zegel's database cannot be made. Does Zegel's home belong to you, and is there room?",
                    failed);
        }
    }
}
