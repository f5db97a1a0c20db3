/**
 * Joins the parts into one Zegel: the only place that names implementations of ports, such as store backends.
 */
@NullMarked
package org.zegel.app.wiring;

import org.jspecify.annotations.NullMarked;
