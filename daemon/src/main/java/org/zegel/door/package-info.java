/**
 * What all doors share: frames, the engine of a connection, and who is still inside. Knows nothing of S/MIME and of no
 * particular door.
 */
@NullMarked
package org.zegel.door;

import org.jspecify.annotations.NullMarked;
