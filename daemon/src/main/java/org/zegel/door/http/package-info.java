/**
 * The HTTP door on loopback, with Javalin. Loopback is not trust: every request is looked at before it is read.
 */
@NullMarked
package org.zegel.door.http;

import org.jspecify.annotations.NullMarked;
