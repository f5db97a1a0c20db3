package org.zegel.trust.revocation;

import org.bouncycastle.asn1.ASN1BitString;
import org.jspecify.annotations.Nullable;

/** Sets of reasons for revocation, as bits 1 to 8 of ReasonFlags (RFC 5280 section 4.2.1.13). */
final class Reasons {
    static final int NONE = 0;
    static final int ALL = 0b1_1111_1110;

    private static final int LAST = 8;

    private Reasons() {}

    /** No flags at all means every reason. */
    static int of(@Nullable ASN1BitString flags) {
        if (flags == null) {
            return ALL;
        }
        byte[] bytes = flags.getBytes();
        int set = NONE;
        for (int reason = 1; reason <= LAST && reason / 8 < bytes.length; reason++) {
            if ((bytes[reason / 8] & (0x80 >> (reason % 8))) != 0) {
                set |= 1 << reason;
            }
        }
        return set;
    }
}
