/**
 * {@code zegel native-host}: the process a browser starts.
 */
@NullMarked
package org.zegel.app.relay;

import org.jspecify.annotations.NullMarked;
