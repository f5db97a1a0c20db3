/**
 * The one SQLite file: its connection, its transactions and its schema's migrations. What the tables mean is the
 * business of the parts that bring them.
 */
@NullMarked
package org.zegel.database;

import org.jspecify.annotations.NullMarked;
