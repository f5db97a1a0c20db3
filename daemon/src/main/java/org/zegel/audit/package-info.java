/**
 * The hash-chained log of key uses: who used which key when, on what, and how it ended. Never any content.
 */
@NullMarked
package org.zegel.audit;

import org.jspecify.annotations.NullMarked;
