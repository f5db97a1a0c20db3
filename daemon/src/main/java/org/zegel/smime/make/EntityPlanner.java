package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import org.zegel.content.Content;
import org.zegel.model.Progress;
import org.zegel.smime.mime.BodySurvey;
import org.zegel.smime.mime.ContentType;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.TransferEncoding;

/**
 * Decides which bodies have to be encoded anew so that a clear signature survives mail servers (RFC 8551 section 3.1),
 * and which are data that canonical line ends would damage. Parts that are signed or encrypted already are never
 * encoded anew: their own signature would break. Should one of them hold 8-bit text, it goes out as it is.
 */
final class EntityPlanner {
    private final Content content;
    private final Cursor cursor;
    private final boolean clear;
    private final boolean crLf;
    private final Map<MimeEntity, BodyChange> changes = new IdentityHashMap<>();

    private EntityPlanner(Content content, Cursor cursor, boolean clear, boolean crLf) {
        this.content = content;
        this.cursor = cursor;
        this.clear = clear;
        this.crLf = crLf;
    }

    /**
     * Plans the changes, by entity; those without any are left out.
     *
     * @param clear whether the entity will travel in clear, else inside CMS, where nothing can happen to it
     */
    static Map<MimeEntity, BodyChange> plan(Content content, MimeEntity root, boolean clear, Progress progress)
            throws IOException {
        // Only cancelling matters in this pass, so it always reports none done.
        Meter meter = new Meter((done, total) -> progress.report(0, total), content.size());
        try (Cursor cursor = new Cursor(content, meter)) {
            EntityPlanner planner = new EntityPlanner(content, cursor, clear, root.crLf());
            planner.visit(root, false);
            return planner.changes;
        }
    }

    /** Gives whether the entity, as it will be, is safe for 7-bit mail servers. */
    private boolean visit(MimeEntity entity, boolean frozen) throws IOException {
        if (entity.children().isEmpty()) {
            return leaf(entity, frozen || entity.contentType().isMultipart());
        }
        boolean inner = frozen || isProtected(entity.contentType());
        boolean safe = true;
        for (MimeEntity child : entity.children()) {
            safe &= visit(child, inner);
        }
        if (clear && safe && !inner && declaresUnsafe(entity)) {
            changes.put(entity, BodyChange.relabel(TransferEncoding.SEVEN_BIT));
        }
        return safe;
    }

    private boolean leaf(MimeEntity entity, boolean frozen) throws IOException {
        boolean identity = entity.encoding().isIdentity();
        if (!clear && !identity) {
            return true;
        }
        BodySurvey survey = BodySurvey.of(cursor.range(entity.bodyStart(), entity.end()));
        boolean data = identity && isData(entity, survey);
        boolean unsafe = survey.unsafe() || (data && survey.bareLineFeed());
        if (!clear || frozen || entity.encoding() == TransferEncoding.UNKNOWN) {
            if (data) {
                changes.put(entity, BodyChange.VERBATIM);
            }
            return !unsafe;
        }
        if (unsafe) {
            changes.put(entity, encoded(entity, survey, data));
        } else if (declaresUnsafe(entity)) {
            changes.put(entity, BodyChange.relabel(TransferEncoding.SEVEN_BIT));
        }
        return true;
    }

    private BodyChange encoded(MimeEntity entity, BodySurvey survey, boolean data) throws IOException {
        if (!entity.encoding().isIdentity()) {
            return new BodyChange(entity.encoding(), true, entity.encoding() == TransferEncoding.BASE64, null);
        }
        boolean undeclared = survey.eightBit()
                && entity.contentType().is("text/plain")
                && entity.header().first("Content-Type").isEmpty();
        return new BodyChange(
                isText(entity.contentType()) && !data ? TransferEncoding.QUOTED_PRINTABLE : TransferEncoding.BASE64,
                true,
                data,
                undeclared ? textType(entity) : null);
    }

    /** Whether line feeds in the body may be something else than line ends. */
    private boolean isData(MimeEntity entity, BodySurvey survey) {
        boolean binary = entity.encoding() == TransferEncoding.BINARY;
        boolean text = isText(entity.contentType());
        boolean mixed = survey.bareReturn() || (crLf && survey.bareLineFeed());
        return survey.nul() || (binary && !text) || (mixed && (binary || !text));
    }

    private static boolean isText(ContentType type) {
        return type.type().equals("text") || type.type().equals("message");
    }

    private static boolean isProtected(ContentType type) {
        return type.is("multipart/signed") || type.is("multipart/encrypted");
    }

    private static boolean declaresUnsafe(MimeEntity entity) {
        return entity.encoding() == TransferEncoding.EIGHT_BIT || entity.encoding() == TransferEncoding.BINARY;
    }

    /** What 8-bit text without any declaration is (RFC 1428 for the unknown). */
    private String textType(MimeEntity entity) throws IOException {
        return "text/plain; charset=" + (isUtf8(entity.body(content)) ? "utf-8" : "unknown-8bit");
    }

    private static boolean isUtf8(Content body) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(Meter.BLOCK);
        CharBuffer characters = CharBuffer.allocate(Meter.BLOCK);
        try (InputStream in = body.open()) {
            int read;
            while ((read = in.read(bytes.array(), bytes.position(), bytes.remaining())) >= 0) {
                bytes.position(bytes.position() + read).flip();
                CoderResult result = decoder.decode(bytes, characters, false);
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
                characters.clear();
            }
        }
        return !decoder.decode(bytes.flip(), characters, true).isError();
    }
}
