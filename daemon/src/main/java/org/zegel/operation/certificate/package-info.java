/**
 * Use cases: other people's certificates and the trust anchors that the person added.
 */
@NullMarked
package org.zegel.operation.certificate;

import org.jspecify.annotations.NullMarked;
