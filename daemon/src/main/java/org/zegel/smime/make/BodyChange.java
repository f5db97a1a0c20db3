package org.zegel.smime.make;

import org.jspecify.annotations.Nullable;
import org.zegel.smime.mime.TransferEncoding;

/**
 * What happens to one entity on its way into the signed or encrypted entity.
 *
 * @param encoding the Content-Transfer-Encoding to declare instead; null leaves the header alone
 * @param reencode whether the body is decoded and encoded anew
 * @param verbatim whether its bytes are data, in which line feeds are not line ends
 * @param addedType a Content-Type to declare where there was none
 */
record BodyChange(
        @Nullable TransferEncoding encoding,
        boolean reencode,
        boolean verbatim,
        @Nullable String addedType) {
    /** Canonical line ends, else as it is. */
    static final BodyChange NONE = new BodyChange(null, false, false, null);

    /** Copied byte for byte. */
    static final BodyChange VERBATIM = new BodyChange(null, false, true, null);

    /** The same body under another name. */
    static BodyChange relabel(TransferEncoding encoding) {
        return new BodyChange(encoding, false, false, null);
    }
}
