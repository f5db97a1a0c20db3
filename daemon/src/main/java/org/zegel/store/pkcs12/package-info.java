/**
 * Keys in software: Zegel's own encrypted key file, and keys held in memory for one call. Reads and writes the key file
 * formats (PKCS#12, PKCS#8, PEM). Bouncy Castle parses the formats and does what the JDK lacks; it is never registered
 * as a provider. Nothing here shows a dialog or knows a client.
 */
@NullMarked
package org.zegel.store.pkcs12;

import org.jspecify.annotations.NullMarked;
