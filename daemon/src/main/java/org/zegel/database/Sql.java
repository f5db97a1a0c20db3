package org.zegel.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with arguments, in one line. Values are strings, integers, longs, byte arrays or null. */
public final class Sql {
    private Sql() {}

    /** Makes a value of the row a result set stands on. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Looks at the row a result set stands on. */
    @FunctionalInterface
    public interface Reader {
        void accept(ResultSet row) throws SQLException;
    }

    /** All rows of the answer. */
    public static <T> List<T> query(
            Connection connection, String sql, Row<? extends T> row, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet answer = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(row.read(answer));
            }
            return rows;
        }
    }

    /** Gives all rows of the answer to the reader, one at a time. */
    public static void each(Connection connection, String sql, Reader reader, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet answer = statement.executeQuery()) {
            while (answer.next()) {
                reader.accept(answer);
            }
        }
    }

    /** The first row of the answer, if any. */
    public static <T> Optional<T> first(
            Connection connection, String sql, Row<? extends T> row, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet answer = statement.executeQuery()) {
            return answer.next() ? Optional.of(row.read(answer)) : Optional.empty();
        }
    }

    /** Carries out a change; gives the number of rows it touched. */
    public static int update(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }
}
