package org.zegel.smime.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Finding;

/**
 * Reads the structure of a message once, in blocks, and keeps offsets and header fields only. LF, CRLF and mixed line
 * ends, an mbox line, a missing empty line and missing closing boundaries are tolerated and noted as defects. The body
 * of a message without parts is not read at all.
 */
public final class MimeScanner {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int DELIMITER_LENGTH = MimeLimits.MAX_BOUNDARY_LENGTH + 100;

    /** Lines before the first boundary that tell old programs what this is. */
    private static final int MAX_PREAMBLE = 3;
    /** Empty lines after the last boundary that are passed in search of text. */
    private static final int MAX_BLANK = 1_000;

    private final LineReader lines;
    private final long size;
    private final Boundaries boundaries = new Boundaries();
    private final FieldCollector collector = new FieldCollector();
    private int parts;

    /** A boundary was met while reading a header. */
    private boolean stopped;

    private MimeScanner(LineReader lines, long size) {
        this.lines = lines;
        this.size = size;
    }

    /**
     * Reads a whole message.
     *
     * @throws Failure {@code MESSAGE_MALFORMED} when it does not begin with a header field, or passes one of the
     *     {@link MimeLimits}
     */
    public static MimeEntity message(Content content) throws Failure, IOException {
        MimeEntity entity = entity(content);
        if (entity.header().fields().isEmpty()) {
            throw malformed("This is not an e-mail message: it does not begin with a header field.");
        }
        return entity;
    }

    /**
     * Reads a MIME entity, which may have no header at all: the content of a CMS layer.
     *
     * @throws Failure {@code MESSAGE_MALFORMED} when it passes one of the {@link MimeLimits}
     */
    public static MimeEntity entity(Content content) throws Failure, IOException {
        try (LineReader lines = new LineReader(content.open())) {
            return new MimeScanner(lines, content.size()).entity(1, ContentType.TEXT, Long.MAX_VALUE);
        }
    }

    static Failure malformed(String message) {
        return new Failure(Failure.Kind.MESSAGE_MALFORMED, message);
    }

    /** {@code floor}: where the part around it starts, if it ends where this ends, as for an attached message. */
    private MimeEntity entity(int depth, ContentType undeclared, long floor) throws Failure, IOException {
        if (depth > MimeLimits.MAX_NESTING) {
            throw malformed("The message has parts nested more than " + MimeLimits.MAX_NESTING + " deep.");
        }
        if (++parts > MimeLimits.MAX_PARTS) {
            throw malformed("The message has more than " + MimeLimits.MAX_PARTS + " parts.");
        }
        Set<Finding> defects = EnumSet.noneOf(Finding.class);
        List<HeaderField> fields = new ArrayList<>();
        stopped = false;
        long headerStart = lines.nextStart();
        headerStart += header(depth == 1, fields, defects);
        long bodyStart = lines.nextStart();
        boolean crLf = !fields.isEmpty() && collector.firstEndsWithCrLf();
        Header header = new Header(fields);
        ContentType type = type(header, undeclared, defects);
        TransferEncoding encoding = TransferEncoding.of(header);
        if (encoding == TransferEncoding.UNKNOWN) {
            defects.add(Finding.UNKNOWN_TRANSFER_ENCODING);
        }
        List<MimeEntity> children =
                stopped ? List.of() : body(type, encoding, depth, Math.min(headerStart, floor), defects);
        // Where a boundary follows at once, its line end is the one before the header.
        long end = Math.max(boundaries.level() < 0 ? size : boundaries.at(), Math.min(headerStart, floor));
        headerStart = Math.min(headerStart, end);
        return new MimeEntity(
                headerStart,
                Math.min(bodyStart, end),
                end,
                header,
                type,
                encoding,
                children,
                crLf,
                List.copyOf(defects));
    }

    /** Reads the header; gives how many bytes before its first field do not belong to it. */
    private long header(boolean outermost, List<HeaderField> fields, Set<Finding> defects) throws Failure, IOException {
        collector.begin();
        long skipped = 0;
        boolean first = true;
        while (lines.next(MimeLimits.MAX_FIELD_LENGTH + 1, false)) {
            if (boundaries.meet(lines)) {
                stopped = true;
                break;
            }
            if (lines.length() == 0) {
                collector.finish(fields);
                return skipped;
            }
            int mark = outermost && first && startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
            if (collector.takes(lines, mark)) {
                skipped += mark;
            } else if (outermost && first && isMboxLine()) {
                skipped = lines.end() - lines.start();
            } else {
                defects.add(Finding.MISSING_HEADER_SEPARATOR);
                lines.pushBack();
                break;
            }
            collector.add(lines, mark, fields);
            first = false;
        }
        collector.finish(fields);
        if (!stopped) {
            boundaries.meetNone();
        }
        return skipped;
    }

    private static ContentType type(Header header, ContentType undeclared, Set<Finding> defects) {
        HeaderCheck.check(header, defects);
        List<HeaderField> declared = header.all("Content-Type");
        if (declared.isEmpty()) {
            return undeclared;
        }
        ContentType type = ContentType.parse(declared.getFirst().value());
        if (!type.duplicates().isEmpty()) {
            defects.add(Finding.DUPLICATE_PARAMETER);
        }
        return type;
    }

    private List<MimeEntity> body(
            ContentType type, TransferEncoding encoding, int depth, long start, Set<Finding> defects)
            throws Failure, IOException {
        if (type.isMultipart()) {
            byte @Nullable [] boundary = boundary(type);
            if (boundary != null) {
                if (!encoding.isIdentity()) {
                    defects.add(Finding.ENCODED_MULTIPART);
                }
                return multipart(boundary, type, depth, defects);
            }
            defects.add(Finding.MISSING_BOUNDARY);
        } else if (type.isMessage() && encoding.isIdentity()) {
            return List.of(entity(depth + 1, ContentType.TEXT, start));
        }
        if (boundaries.isEmpty()) {
            // Nothing can end the body but the end of the message, which need not be looked for.
            boundaries.meetNone();
        } else {
            findBoundary();
        }
        return List.of();
    }

    private List<MimeEntity> multipart(byte[] boundary, ContentType type, int depth, Set<Finding> defects)
            throws Failure, IOException {
        ContentType undeclared = type.subtype().equals("digest") ? ContentType.MESSAGE : ContentType.TEXT;
        List<MimeEntity> children = new ArrayList<>();
        int level = boundaries.open(boundary, defects);
        boolean text = findBoundary() > MAX_PREAMBLE;
        while (boundaries.level() == level && !boundaries.closes()) {
            children.add(entity(depth + 1, undeclared, Long.MAX_VALUE));
        }
        boundaries.closeInnermost();
        if (boundaries.level() == level) {
            text |= boundaries.isEmpty() ? textFollows() : findBoundary() > 0;
        } else {
            defects.add(Finding.MISSING_CLOSING_BOUNDARY);
        }
        if (text) {
            defects.add(Finding.TEXT_OUTSIDE_PARTS);
        }
        if (children.isEmpty()) {
            defects.add(Finding.MULTIPART_WITHOUT_PARTS);
        }
        return children;
    }

    /** Goes to the next boundary of any open multipart; gives how many lines with text it passed. */
    private long findBoundary() throws IOException {
        boundaries.meetNone();
        long texts = 0;
        while (lines.next(DELIMITER_LENGTH, true)) {
            if (boundaries.meet(lines)) {
                return texts;
            }
            texts += lines.hasText() ? 1 : 0;
        }
        return texts;
    }

    /** After the last boundary of the outermost multipart; reads no further than it must. */
    private boolean textFollows() throws IOException {
        boundaries.meetNone();
        int left = MAX_BLANK;
        while (left-- > 0 && lines.next(0, false)) {
            if (lines.hasText()) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] boundary(ContentType type) {
        String boundary = type.parameter("boundary").orElse("").stripTrailing();
        if (boundary.isEmpty() || boundary.length() > MimeLimits.MAX_BOUNDARY_LENGTH) {
            return null;
        }
        return boundary.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isMboxLine() {
        return startsWith(new byte[] {'F', 'r', 'o', 'm', ' '})
                || startsWith(new byte[] {'>', 'F', 'r', 'o', 'm', ' '});
    }

    private boolean startsWith(byte[] prefix) {
        return lines.length() >= prefix.length
                && Arrays.equals(lines.text(), 0, prefix.length, prefix, 0, prefix.length);
    }
}
