/**
 * The structure of MIME messages, read once and without holding them: offsets, header fields, addresses, transfer
 * encodings. Knows nothing of CMS, keys or trust.
 */
@NullMarked
package org.zegel.smime.mime;

import org.jspecify.annotations.NullMarked;
