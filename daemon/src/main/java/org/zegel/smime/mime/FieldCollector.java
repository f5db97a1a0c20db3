package org.zegel.smime.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Puts header fields together from lines, within the {@link MimeLimits}. */
final class FieldCollector {
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private @Nullable String name;
    private long start;
    private long end;
    private boolean crLf;
    private int allFields;
    private long allBytes;

    /** A new header begins. */
    void begin() {
        name = null;
        crLf = false;
    }

    /** Whether the first line of the header ended with CRLF. */
    boolean firstEndsWithCrLf() {
        return crLf;
    }

    /** Whether the line begins or continues a header field, its first bytes left aside. */
    boolean takes(LineReader lines, int skip) {
        return isContinuation(lines) || colon(lines.text(), skip, lines.length()) > skip;
    }

    /** Adds a line that {@link #takes} has accepted; any other one is an mbox line and adds nothing. */
    void add(LineReader lines, int skip, List<HeaderField> fields) throws Failure {
        allBytes += lines.length();
        if (allBytes > MimeLimits.MAX_HEADER_BYTES) {
            throw MimeScanner.malformed(
                    "The message has more than " + MimeLimits.MAX_HEADER_BYTES + " bytes of header fields.");
        }
        if (isContinuation(lines)) {
            append(lines.text(), 0, lines.length());
            end = lines.end();
            return;
        }
        finish(fields);
        int colon = colon(lines.text(), skip, lines.length());
        if (colon <= skip) {
            return;
        }
        if (fields.isEmpty()) {
            crLf = lines.endsWithCrLf();
        }
        count(fields.size() + 1);
        name = new String(lines.text(), skip, colon - skip, StandardCharsets.US_ASCII).stripTrailing();
        start = lines.start() + skip;
        end = lines.end();
        append(lines.text(), colon + 1, lines.length());
    }

    /** Ends the field that is being read. */
    void finish(List<HeaderField> fields) {
        if (name != null) {
            fields.add(new HeaderField(name, value.toByteArray(), start, end));
            name = null;
        }
        value.reset();
    }

    private void count(int inThisHeader) throws Failure {
        if (inThisHeader > MimeLimits.MAX_HEADER_FIELDS) {
            throw MimeScanner.malformed(
                    "The message has more than " + MimeLimits.MAX_HEADER_FIELDS + " header fields.");
        }
        if (++allFields > MimeLimits.MAX_ALL_FIELDS) {
            throw MimeScanner.malformed(
                    "The message has more than " + MimeLimits.MAX_ALL_FIELDS + " header fields in all of its parts.");
        }
    }

    private void append(byte[] text, int from, int to) throws Failure {
        int before = name == null ? 0 : name.length() + 1;
        if (before + value.size() + (to - from) > MimeLimits.MAX_FIELD_LENGTH) {
            throw MimeScanner.malformed(
                    "The message has a header field of more than " + MimeLimits.MAX_FIELD_LENGTH + " bytes.");
        }
        value.write(text, from, to - from);
    }

    private boolean isContinuation(LineReader lines) {
        return name != null && lines.length() > 0 && (lines.text()[0] == ' ' || lines.text()[0] == '\t');
    }

    /** Index of the colon after a field name (with optional white space between, RFC 5322 section 4.5), or -1. */
    private static int colon(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] > ' ' && text[at] < 0x7f && text[at] != ':') {
            at++;
        }
        int nameEnd = at;
        while (at < to && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return nameEnd > from && at < to && text[at] == ':' ? at : -1;
    }
}
