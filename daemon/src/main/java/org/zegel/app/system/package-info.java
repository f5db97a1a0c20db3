/** What differs from one operating system to the next, for all of the application. */
@NullMarked
package org.zegel.app.system;

import org.jspecify.annotations.NullMarked;
