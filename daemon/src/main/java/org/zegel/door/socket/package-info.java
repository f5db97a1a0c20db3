/**
 * The local door: a Unix domain socket in a directory of the person's own. Carries frames and knows nothing of S/MIME.
 */
@NullMarked
package org.zegel.door.socket;

import org.jspecify.annotations.NullMarked;
