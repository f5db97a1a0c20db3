package org.zegel.smime.mime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A media type with its parameters, as declared by Content-Type (RFC 2045 section 5).
 *
 * @param type lower case, for instance {@code multipart}
 * @param subtype lower case, for instance {@code signed}; empty when nothing readable was declared
 */
public record ContentType(String type, String subtype, Map<String, String> parameters, List<String> duplicates) {
    /** What an entity without a Content-Type is. */
    public static final ContentType TEXT = new ContentType("text", "plain", Map.of(), List.of());

    /** What a part of a multipart/digest without a Content-Type is. */
    static final ContentType MESSAGE = new ContentType("message", "rfc822", Map.of(), List.of());

    public ContentType {
        parameters = Map.copyOf(parameters);
        duplicates = List.copyOf(duplicates);
    }

    /** Reads an unfolded value; what has no slash is kept as a type with an empty subtype. */
    public static ContentType parse(String value) {
        ParameterizedValue parsed = ParameterizedValue.parse(value);
        int slash = parsed.value().indexOf('/');
        return slash < 0
                ? new ContentType(parsed.value(), "", parsed.parameters(), parsed.duplicates())
                : new ContentType(
                        parsed.value().substring(0, slash),
                        parsed.value().substring(slash + 1),
                        parsed.parameters(),
                        parsed.duplicates());
    }

    /** Type and subtype, for instance {@code text/plain}. */
    public String mediaType() {
        return subtype.isEmpty() ? type : type + "/" + subtype;
    }

    /** Whether this is the media type, given in lower case. */
    public boolean is(String mediaType) {
        return mediaType().equals(mediaType);
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /** An attached message whose body is a message itself: message/rfc822 or message/global. */
    public boolean isMessage() {
        return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    /** A parameter by its lower-case name. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
