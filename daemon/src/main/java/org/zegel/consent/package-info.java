/**
 * Who may do what: pairings, grants, the prompt port, and {@code ConsentGranted}, which only this package can make.
 */
@NullMarked
package org.zegel.consent;

import org.jspecify.annotations.NullMarked;
