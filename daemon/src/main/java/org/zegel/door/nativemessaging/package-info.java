/**
 * The native-messaging door's outer half: the relay that a browser starts, between its standard streams and the daemon.
 */
@NullMarked
package org.zegel.door.nativemessaging;

import org.jspecify.annotations.NullMarked;
