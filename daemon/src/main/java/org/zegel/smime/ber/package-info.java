/**
 * Streaming BER reading of CMS with every length, depth and end checked before anything is taken. Knows no CMS type.
 */
@NullMarked
package org.zegel.smime.ber;

import org.jspecify.annotations.NullMarked;
