/**
 * Certification paths: building them, and RFC 5280 section 6.1 as one small check for each rule. Knows certificates
 * alone: nothing of mail, revocation or verdicts, and nothing of the rest of trust.
 */
@NullMarked
package org.zegel.trust.path;

import org.jspecify.annotations.NullMarked;
