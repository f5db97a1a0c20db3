/**
 * Opens messages: peels the layers off, and says what was found and what may be read. Judges nothing.
 */
@NullMarked
package org.zegel.smime.open;

import org.jspecify.annotations.NullMarked;
