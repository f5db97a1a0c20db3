/**
 * A certification authority that lives in memory for one run: for demonstrations and measurements, never for mail.
 */
@NullMarked
package org.zegel.trust.throwaway;

import org.jspecify.annotations.NullMarked;
