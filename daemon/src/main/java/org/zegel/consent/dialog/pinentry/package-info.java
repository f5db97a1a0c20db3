/**
 * Speaks with a pinentry program, GnuPG's way of asking a person, over the Assuan protocol. Knows nothing of questions.
 */
@NullMarked
package org.zegel.consent.dialog.pinentry;

import org.jspecify.annotations.NullMarked;
