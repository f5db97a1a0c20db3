/**
 * Who is calling, as far as the system tells: processes, browsers, the names of extensions. Finds out and guesses
 * nothing; asks nobody and decides nothing.
 */
@NullMarked
package org.zegel.app.caller;

import org.jspecify.annotations.NullMarked;
