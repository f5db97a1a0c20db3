/**
 * {@code zegel bench}: how fast each operation is, by size, key, cipher and way in, and beside other programs. No figure
 * is told of an operation whose outcome was not what it had to be.
 */
@NullMarked
package org.zegel.app.bench;

import org.jspecify.annotations.NullMarked;
