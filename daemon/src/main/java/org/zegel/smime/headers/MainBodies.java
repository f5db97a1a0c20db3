package org.zegel.smime.headers;

import java.util.ArrayList;
import java.util.List;
import org.zegel.smime.mime.MimeEntity;

/** The parts that a reader shows as the text of the message: plain and HTML text, no attachments (RFC 9787 section 7.1). */
public final class MainBodies {
    private MainBodies() {}

    /** In the order of the message; the entity itself where it is text. */
    public static List<MimeEntity> of(MimeEntity payload) {
        List<MimeEntity> found = new ArrayList<>();
        collect(payload, found);
        return found;
    }

    public static boolean isHtml(MimeEntity entity) {
        return entity.contentType().is("text/html");
    }

    private static void collect(MimeEntity entity, List<MimeEntity> found) {
        List<MimeEntity> children = entity.children();
        switch (entity.contentType().mediaType()) {
            case "text/plain", "text/html" -> {
                if (!isAttachment(entity)) {
                    found.add(entity);
                }
            }
            case "multipart/alternative" -> children.forEach(child -> collect(child, found));
            case "multipart/mixed", "multipart/related" ->
                children.stream().findFirst().ifPresent(child -> collect(child, found));
            default -> {
                // Signed and encrypted parts, reports and digests are left alone.
            }
        }
    }

    private static boolean isAttachment(MimeEntity entity) {
        return entity.header()
                .disposition()
                .map(disposition -> disposition.value().equals("attachment"))
                .orElse(false);
    }
}
