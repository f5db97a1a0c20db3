/**
 * The port to places where certificates and keys live, and its optional capabilities. No backend is named here.
 */
@NullMarked
package org.zegel.store;

import org.jspecify.annotations.NullMarked;
