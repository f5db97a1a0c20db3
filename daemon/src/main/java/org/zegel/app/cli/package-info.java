/**
 * The command line: a client of the daemon like any other, or the whole of Zegel in its own process. Messages go
 * through stdin, stdout and files; words for people go to stderr.
 */
@NullMarked
package org.zegel.app.cli;

import org.jspecify.annotations.NullMarked;
