package org.zegel.operation;

import java.time.Instant;
import org.zegel.model.Digest;
import org.zegel.smime.SignOptions;

/**
 * How a caller wants something signed.
 *
 * @param opaque application/pkcs7-mime (or content inside the CMS) instead of a detached signature
 * @param pss RSASSA-PSS instead of PKCS#1 v1.5, for RSA keys
 */
public record SignatureForm(boolean opaque, Digest digest, boolean pss) {
    public static final SignatureForm DEFAULT = new SignatureForm(false, Digest.SHA256, false);

    /** The same for {@code smime}, with the moment of signing. */
    public SignOptions options(Instant now) {
        return new SignOptions(opaque ? SignOptions.Mode.OPAQUE : SignOptions.Mode.DETACHED, digest, pss, now);
    }
}
