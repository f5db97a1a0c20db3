package org.zegel.trust.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an HTTP/1.1 answer (RFC 9112), bounded in every part before memory is taken. */
final class HttpAnswerReader {
    /** Most bytes of status line and header fields together. */
    static final int MAX_HEADER = 16 * 1024;

    private static final int MAX_INTERIM = 4;
    private static final int BLOCK = 16 * 1024;
    private static final int MAX_CHUNK_LINE = 256;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final InputStream in;
    private final int maxBody;

    /** @param in buffered: the header is read byte by byte */
    HttpAnswerReader(InputStream in, int maxBody) {
        this.in = in;
        this.maxBody = maxBody;
    }

    HttpAnswer read() throws IOException {
        for (int i = 0; i < MAX_INTERIM; i++) {
            int status = status(line(MAX_HEADER));
            Map<String, String> fields = fields();
            if (status >= 200) {
                return new HttpAnswer(status, fields, body(status, fields));
            }
        }
        throw new IOException("only interim answers");
    }

    private static int status(String line) throws IOException {
        // HTTP-version SP status-code [ SP reason ]
        if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
            throw new IOException("not HTTP");
        }
        return number(line.substring(9, 12), 10);
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        int left = MAX_HEADER;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length() + 2;
            int colon = line.indexOf(':');
            if (colon <= 0 || left <= 0) {
                throw new IOException("header field");
            }
            fields.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return fields;
    }

    private byte[] body(int status, Map<String, String> fields) throws IOException {
        @Nullable String coding = fields.get("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw new IOException("encoded though not asked for");
        }
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return new byte[0];
        }
        if (Optional.ofNullable(fields.get("transfer-encoding"))
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value -> value.endsWith("chunked"))
                .isPresent()) {
            return chunked();
        }
        @Nullable String length = fields.get("content-length");
        return length == null ? toEnd() : exactly(length);
    }

    private byte[] exactly(String length) throws IOException {
        int size = number(length, 10);
        if (size > maxBody) {
            throw new TooLargeException();
        }
        // Grows with what comes, not with what is promised.
        byte[] body = in.readNBytes(size);
        if (body.length < size) {
            throw new EOFException();
        }
        return body;
    }

    private byte[] toEnd() throws IOException {
        byte[] body = in.readNBytes(maxBody + 1);
        if (body.length > maxBody) {
            throw new TooLargeException();
        }
        return body;
    }

    private byte[] chunked() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        while (true) {
            String line = line(MAX_CHUNK_LINE);
            int extension = line.indexOf(';');
            int size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            if (size > maxBody - body.size()) {
                throw new TooLargeException();
            }
            for (int left = size; left > 0; ) {
                int read = in.read(block, 0, Math.min(left, BLOCK));
                if (read < 0) {
                    throw new EOFException();
                }
                body.write(block, 0, read);
                left -= read;
            }
            if (!line(MAX_CHUNK_LINE).isEmpty()) {
                throw new IOException("chunk");
            }
        }
    }

    /** Up to CRLF, which is taken off. */
    private String line(int max) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (line.length() >= max) {
                throw new IOException("line too long");
            }
            line.append((char) next);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    /** Digits alone; what is larger than an int is too large for anything here. */
    private static int number(String digits, int radix) throws IOException {
        if (digits.isEmpty() || digits.chars().anyMatch(c -> c > 'f' || Character.digit(c, radix) < 0)) {
            throw new IOException("number");
        }
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException large) {
            throw new TooLargeException();
        }
    }
}
