package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.zegel.content.Content;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.headers.FieldValue;
import org.zegel.smime.headers.LegacyDisplay;
import org.zegel.smime.headers.LegacyDisplay.Place;
import org.zegel.smime.headers.MainBodies;
import org.zegel.smime.headers.TextCharset;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.TransferEncoding;

/**
 * The legacy display elements of a message, which one who sees the protected header need not see again (RFC 9788 section
 * 4.5.3).
 *
 * @param places by part, in bytes of its decoded body
 * @param kept whether some part claims to have one and does not: text is never taken away on the word of a parameter
 */
record LegacyCuts(Map<MimeEntity, Place> places, boolean kept) {
    /** Nothing is left out. */
    static final LegacyCuts NONE = new LegacyCuts(Map.of(), false);

    static LegacyCuts of(ProtectedFields guarded) throws IOException {
        if (!guarded.mayRepeatInText()) {
            return NONE;
        }
        Set<String> fields = guarded.fields().stream()
                .map(field -> line(field.name(), field.value()))
                .collect(Collectors.toSet());
        Content scanned = guarded.part().scanned();
        List<MimeEntity> marked = MainBodies.of(guarded.part().entity()).stream()
                .filter(LegacyCuts::isMarked)
                .toList();
        Map<MimeEntity, Place> places = new IdentityHashMap<>();
        for (MimeEntity body : marked) {
            place(body, scanned, fields).ifPresent(place -> places.put(body, place));
        }
        return new LegacyCuts(places, places.size() < marked.size());
    }

    /** Bytes of the texts that have to be encoded anew when something is left out of them. */
    long encodedBytes() {
        return places.keySet().stream()
                .filter(body -> !body.encoding().isIdentity())
                .mapToLong(body -> body.end() - body.bodyStart())
                .sum();
    }

    private static Optional<Place> place(MimeEntity body, Content scanned, Set<String> fields) throws IOException {
        Optional<Charset> charset = TextCharset.of(body);
        if (charset.isEmpty() || body.encoding() == TransferEncoding.UNKNOWN) {
            return Optional.empty();
        }
        byte[] start;
        try (InputStream in = body.decodedBody(scanned)) {
            start = in.readNBytes(LegacyDisplay.REACH);
        }
        return LegacyDisplay.find(
                start, MainBodies.isHtml(body), charset.get(), (name, value) -> fields.contains(line(name, value)));
    }

    private static String line(String name, String value) {
        return FieldNames.key(name) + ":" + FieldValue.text(value);
    }

    private static boolean isMarked(MimeEntity body) {
        return body.contentType()
                .parameter(LegacyDisplay.PARAMETER)
                .map(value -> value.strip().equals("1"))
                .orElse(false);
    }
}
