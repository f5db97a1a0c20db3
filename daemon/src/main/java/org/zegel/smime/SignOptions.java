package org.zegel.smime;

import java.time.Instant;
import org.zegel.model.Digest;
import org.zegel.model.HeaderPolicy;

/**
 * How to sign.
 *
 * @param pss RSASSA-PSS instead of PKCS#1 v1.5, for RSA keys
 * @param signingTime goes into the signing-time attribute (RFC 5652 section 11.3)
 * @param headers for whole messages
 */
public record SignOptions(Mode mode, Digest digest, boolean pss, Instant signingTime, HeaderProtection headers) {
    /** The two forms of RFC 8551 section 3.5. */
    public enum Mode {
        /** multipart/signed: readable without S/MIME. */
        DETACHED,
        /** application/pkcs7-mime; smime-type=signed-data. */
        OPAQUE
    }

    /** For what is sent signed only, its header fields protected. */
    public SignOptions(Mode mode, Digest digest, boolean pss, Instant signingTime) {
        this(mode, digest, pss, signingTime, HeaderProtection.signing(HeaderPolicy.BASELINE));
    }

    /** The same, with other protection of header fields. */
    public SignOptions with(HeaderProtection other) {
        return new SignOptions(mode, digest, pss, signingTime, other);
    }
}
