/**
 * What the use cases share: the call they serve, key uses under consent and audit, choosing an identity.
 */
@NullMarked
package org.zegel.operation;

import org.jspecify.annotations.NullMarked;
