/**
 * Reads SignedData (RFC 5652 section 5) and checks each signer's signature. Says what is intact; trusts nobody.
 */
@NullMarked
package org.zegel.smime.verify;

import org.jspecify.annotations.NullMarked;
