package org.zegel.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Something done with the database's connection; it neither keeps nor closes it. */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException, Failure;
}
