/**
 * Path building, revocation, policy, address match: turns the facts of a message into its verdict.
 */
@NullMarked
package org.zegel.trust;

import org.jspecify.annotations.NullMarked;
