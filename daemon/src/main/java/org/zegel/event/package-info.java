/**
 * Publish and subscribe inside the daemon.
 */
@NullMarked
package org.zegel.event;

import org.jspecify.annotations.NullMarked;
