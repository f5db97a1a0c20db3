/**
 * Whether a certificate has been revoked: OCSP (RFC 6960) and CRLs (RFC 5280 section 6.3), from what the caller names,
 * what the network gives and, last, what the message itself carries.
 */
@NullMarked
package org.zegel.trust.revocation;

import org.jspecify.annotations.NullMarked;
