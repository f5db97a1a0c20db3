package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.smime.mime.ContentType;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.TransferEncoding;

/** What is odd about the MIME around a part, beside what its own layer says. */
final class StructureNotes {
    /** How much of the end of a body is searched for text that somebody appended. */
    private static final int TAIL = 4 * 1024;

    private static final Map<Layer.Kind, Set<String>> SMIME_TYPES = Map.of(
            Layer.Kind.SIGNED_DATA, Set.of("signed-data", "signed-receipt"),
            Layer.Kind.CERTS_ONLY, Set.of("certs-only", "signed-data"),
            Layer.Kind.ENVELOPED_DATA, Set.of("enveloped-data"),
            Layer.Kind.AUTH_ENVELOPED_DATA, Set.of("authenveloped-data"),
            Layer.Kind.COMPRESSED_DATA, Set.of("compressed-data"));

    /** Fields that occur once (RFC 5322 section 3.6); From is judged on its own. */
    private static final List<String> ONCE =
            List.of("Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version");

    private StructureNotes() {}

    /** Of a cryptographic layer: of all that its signature or encryption does not itself protect. */
    static Set<Finding> ofLayer(Part part, PartKind kind, Layer layer) throws IOException {
        MimeEntity entity = part.entity();
        Set<Finding> notes = EnumSet.noneOf(Finding.class);
        notes.addAll(entity.defects());
        if (kind == PartKind.SIGNED) {
            notes.addAll(entity.children().get(1).defects());
            if (!PartKind.namesSignature(entity)) {
                notes.add(Finding.PROTOCOL_MISMATCH);
            }
        } else if (textFollows(part)) {
            notes.add(Finding.TEXT_OUTSIDE_PARTS);
        }
        Set<String> expected = SMIME_TYPES.get(layer.kind());
        String declared = entity.contentType().parameter("smime-type").orElse("");
        if (expected != null
                && !declared.isEmpty()
                && !expected.contains(declared.strip().toLowerCase(Locale.ROOT))) {
            notes.add(Finding.SMIME_TYPE_MISMATCH);
        }
        if (part.root()) {
            ofHeader(entity.header(), notes);
        }
        return notes;
    }

    /** Of any other part. */
    static Set<Finding> ofPart(MimeEntity entity) {
        Set<Finding> notes = EnumSet.noneOf(Finding.class);
        notes.addAll(entity.defects());
        ContentType type = entity.contentType();
        if (type.is("multipart/signed") && PartKind.of(entity) == PartKind.MULTIPART) {
            notes.add(Finding.SIGNATURE_NOT_SECOND);
        }
        if (type.is("message/external-body")) {
            notes.add(Finding.EXTERNAL_BODY);
        }
        String name = entity.fileName().orElse("").strip();
        if (type.is("application/ms-tnef")
                || type.is("application/vnd.ms-tnef")
                || type.type().equals("application") && name.equalsIgnoreCase("winmail.dat")) {
            notes.add(Finding.TNEF);
        }
        return notes;
    }

    /** The layer with more findings, each once. */
    static Layer with(Layer layer, Set<Finding> notes) {
        if (notes.isEmpty()) {
            return layer;
        }
        List<Finding> findings = new ArrayList<>(layer.findings());
        notes.stream().filter(note -> !findings.contains(note)).forEach(findings::add);
        return new Layer(
                layer.kind(),
                layer.mediaType(),
                layer.algorithm(),
                layer.whole(),
                layer.signers(),
                findings,
                layer.children());
    }

    private static void ofHeader(Header header, Set<Finding> notes) {
        if (header.first("MIME-Version").isEmpty()) {
            notes.add(Finding.MISSING_MIME_VERSION);
        }
        if (ONCE.stream().anyMatch(name -> header.all(name).size() > 1)) {
            notes.add(Finding.DUPLICATE_HEADER_FIELD);
        }
    }

    /** Whether something else stands after the base64 of a CMS object: a footer, for instance. */
    private static boolean textFollows(Part part) throws IOException {
        if (part.entity().encoding() != TransferEncoding.BASE64) {
            return false;
        }
        Content body = part.entity().body(part.scanned());
        byte[] tail;
        try (InputStream in = body.open()) {
            in.skipNBytes(Math.max(0, body.size() - TAIL));
            tail = in.readNBytes(TAIL);
        }
        boolean padded = false;
        for (byte b : tail) {
            boolean space = b == ' ' || b == '\t' || b == '\r' || b == '\n';
            boolean digit =
                    b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/';
            if (!space && b != '=' && (padded || !digit)) {
                return true;
            }
            padded |= b == '=';
        }
        return false;
    }
}
