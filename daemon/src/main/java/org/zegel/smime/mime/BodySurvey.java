package org.zegel.smime.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a body holds that mail servers may change: collected in one pass over the bytes written to it. */
public final class BodySurvey extends OutputStream {
    /** Longest line without its line end (RFC 5322 section 2.1.1). */
    public static final int MAX_LINE = 998;

    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private boolean eightBit;
    private boolean nul;
    private boolean bareLineFeed;
    private boolean longLine;
    private boolean fromLine;
    private long returns;
    private long lineEnds;
    private long lineLength;
    private int matched;
    private byte last;

    /** Surveys a whole stream. */
    public static BodySurvey of(InputStream in) throws IOException {
        BodySurvey survey = new BodySurvey();
        byte[] block = new byte[16 * 1024];
        int read;
        while ((read = in.read(block, 0, block.length)) >= 0) {
            survey.write(block, 0, read);
        }
        return survey;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        int end = offset + length;
        eightBit |= Bytes.hasHighBit(bytes, offset, end);
        returns += Bytes.returns(bytes, offset, end);
        nul |= Bytes.hasNul(bytes, offset, end);
        int at = offset;
        while (at < end) {
            matchFrom(bytes, at, end);
            int lineFeed = Bytes.lineFeed(bytes, at, end);
            if (lineFeed < 0) {
                lineLength += end - at;
                break;
            }
            boolean canonical = (lineFeed > offset ? bytes[lineFeed - 1] : last) == '\r';
            lineLength += lineFeed - at - (canonical ? 1 : 0);
            lineEnds += canonical ? 1 : 0;
            bareLineFeed |= !canonical;
            longLine |= lineLength > MAX_LINE;
            lineLength = 0;
            matched = 0;
            at = lineFeed + 1;
        }
        last = bytes[end - 1];
    }

    /** Bytes above 127. */
    public boolean eightBit() {
        return eightBit;
    }

    /** NUL bytes. */
    public boolean nul() {
        return nul;
    }

    /** Carriage returns that no line feed follows. */
    public boolean bareReturn() {
        return returns > lineEnds;
    }

    /** Line feeds that no carriage return precedes. */
    public boolean bareLineFeed() {
        return bareLineFeed;
    }

    /** A line of more than {@value #MAX_LINE} bytes. */
    public boolean longLine() {
        return longLine || lineLength > MAX_LINE;
    }

    /** A line that begins with {@code From }, which some mail servers change. */
    public boolean fromLine() {
        return fromLine;
    }

    /** Whether the body may change on its way, or may not travel over 7-bit servers. */
    public boolean unsafe() {
        return eightBit || nul || bareReturn() || longLine() || fromLine;
    }

    private void matchFrom(byte[] bytes, int from, int end) {
        int at = from;
        while (matched >= 0 && matched < FROM.length && at < end) {
            matched = bytes[at++] == FROM[matched] ? matched + 1 : -1;
        }
        fromLine |= matched == FROM.length;
    }
}
