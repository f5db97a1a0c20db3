/**
 * Header protection (RFC 9788), what writing and reading share: which fields are of which kind, how a policy hides them,
 * how values compare, and where legacy display elements stand.
 */
@NullMarked
package org.zegel.smime.headers;

import org.jspecify.annotations.NullMarked;
