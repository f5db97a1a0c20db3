/** Zegel: S/MIME for mail clients, with keys that stay on the person's own machine. Holds no classes of its own. */
@NullMarked
package org.zegel;

import org.jspecify.annotations.NullMarked;
