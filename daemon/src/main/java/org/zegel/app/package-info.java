/** Mains, wiring, configuration and life cycle: the only part that knows all others. */
@NullMarked
package org.zegel.app;

import org.jspecify.annotations.NullMarked;
