/** Tells browsers where the native messaging host is, per user, and takes it back. */
@NullMarked
package org.zegel.app.registration;

import org.jspecify.annotations.NullMarked;
