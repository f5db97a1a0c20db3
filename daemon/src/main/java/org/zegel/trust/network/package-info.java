/**
 * What trust fetches: OCSP answers, CRLs and issuers' certificates, by plain HTTP, within tight limits. Every byte that
 * comes from here is a stranger's until a signature says otherwise; nothing is kept before that.
 */
@NullMarked
package org.zegel.trust.network;

import org.jspecify.annotations.NullMarked;
