/** Zegels of throwaway keys, in process and as a child daemon with all doors: what {@code demo} and {@code bench} stand on. */
@NullMarked
package org.zegel.app.throwaway;

import org.jspecify.annotations.NullMarked;
