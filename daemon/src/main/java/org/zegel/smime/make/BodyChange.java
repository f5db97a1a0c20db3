package org.zegel.smime.make;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.smime.mime.TransferEncoding;

/**
 * What happens to one entity on its way into the signed or encrypted entity.
 *
 * @param encoding the Content-Transfer-Encoding to declare instead; null leaves the header alone
 * @param reencode whether the body is decoded and encoded anew
 * @param verbatim whether its bytes are data, in which line feeds are not line ends
 * @param addedType a Content-Type to declare where there was none
 * @param parameters to set in the Content-Type, by lower-case name
 * @param insertion what is put into the body
 */
record BodyChange(
        @Nullable TransferEncoding encoding,
        boolean reencode,
        boolean verbatim,
        @Nullable String addedType,
        Map<String, String> parameters,
        @Nullable Insertion insertion) {
    /** Canonical line ends, else as it is. */
    static final BodyChange NONE = new BodyChange(null, false, false, null);

    /** Copied byte for byte. */
    static final BodyChange VERBATIM = new BodyChange(null, false, true, null);

    /** Bytes that go in before an offset of the body, transfer encoding undone. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Insertion(int offset, byte[] bytes) {}

    BodyChange(@Nullable TransferEncoding encoding, boolean reencode, boolean verbatim, @Nullable String addedType) {
        this(encoding, reencode, verbatim, addedType, Map.of(), null);
    }

    /** The same body under another name. */
    static BodyChange relabel(TransferEncoding encoding) {
        return new BodyChange(encoding, false, false, null);
    }

    /** The same, with one more parameter of Content-Type. */
    BodyChange with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new BodyChange(encoding, reencode, verbatim, addedType, more, insertion);
    }

    /** The same, with something put in. */
    BodyChange with(Insertion added) {
        return new BodyChange(encoding, reencode, verbatim, addedType, parameters, added);
    }

    /** The same, decoded and encoded anew. */
    BodyChange encodedAs(TransferEncoding other) {
        boolean data = verbatim || other == TransferEncoding.BASE64;
        return new BodyChange(other, true, data, addedType, parameters, insertion);
    }
}
