package org.zegel.smime.open;

import java.util.Optional;
import org.zegel.smime.headers.FieldValue;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;

/**
 * A message that was wrapped whole as message/rfc822 to protect its header (RFC 8551 section 3.1, RFC 9788 section
 * 4.10), and how it is told from one that was only forwarded.
 */
final class WrappedMessage {
    private WrappedMessage() {}

    /** The message inside, where the payload is the wrapper of the received one. */
    static Optional<Part> in(Part payload, Part root) {
        MimeEntity entity = payload.entity();
        if (!entity.contentType().isMessage()
                || entity.children().size() != 1
                || !entity.header().fields().stream().allMatch(HeaderField::isContentField)) {
            return Optional.empty();
        }
        Part inside = payload.child(0);
        Header inner = inside.entity().header();
        boolean wrapped = entity.contentType()
                .parameter("forwarded")
                .map(value -> value.strip().equalsIgnoreCase("no"))
                .orElseGet(() -> isSameMessage(inner, root.entity().header()));
        return wrapped && inner.first("From").isPresent() ? Optional.of(inside) : Optional.empty();
    }

    /** A forwarded message has another sender, or at least another date and id than the one that carries it. */
    private static boolean isSameMessage(Header inner, Header outer) {
        return same(inner, outer, "From") && (same(inner, outer, "Message-ID") || same(inner, outer, "Date"));
    }

    private static boolean same(Header inner, Header outer, String name) {
        var values = FieldValue.canonical(name, inner.all(name));
        return values.size() == 1 && values.equals(FieldValue.canonical(name, outer.all(name)));
    }
}
