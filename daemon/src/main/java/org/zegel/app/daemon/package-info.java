/**
 * The daemon's life: one for each person, started on demand, ended when idle; and the way its clients reach it.
 */
@NullMarked
package org.zegel.app.daemon;

import org.jspecify.annotations.NullMarked;
