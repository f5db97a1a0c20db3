/**
 * Value types that every part shares. JDK only: no library, no input or output, no state.
 */
@NullMarked
package org.zegel.model;

import org.jspecify.annotations.NullMarked;
