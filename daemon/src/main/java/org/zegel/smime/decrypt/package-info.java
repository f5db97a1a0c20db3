/**
 * Opens EnvelopedData (RFC 5652 section 6) and AuthEnvelopedData (RFC 5083). Gives the whole clear text or nothing.
 */
@NullMarked
package org.zegel.smime.decrypt;

import org.jspecify.annotations.NullMarked;
