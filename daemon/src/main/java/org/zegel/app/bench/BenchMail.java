package org.zegel.app.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/** A message of a given size as mail clients make them: a short text and one attachment in base64. */
final class BenchMail {
    /** The subject of every message, by which both sides of a comparison are recognised. */
    static final String SUBJECT = "Zegel bench";

    private static final int LINE = 57;
    private static final int LINES = 1_024;

    private BenchMail() {}

    /** Writes a message of about {@code size} bytes, at most one line more; the same for the same arguments. */
    static void write(Path file, String address, long size) throws IOException {
        String head = String.format(Locale.ROOT, """
                From: %s
                To: %s
                Subject: %s
                Date: Tue, 6 Jan 2026 10:00:00 +0100
                Message-ID: <bench-%d@zegel.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="bench-7f3a"

                --bench-7f3a
                Content-Type: text/plain; charset=us-ascii

                The minutes are attached.

                --bench-7f3a
                Content-Type: application/octet-stream
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="minutes.bin"

                """, address, address, SUBJECT, size);
        byte[] top = head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] bottom = "--bench-7f3a--\r\n".getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), LINE * LINES * 2)) {
            out.write(top);
            attachment(out, size - top.length - bottom.length);
            out.write(bottom);
        }
    }

    private static void attachment(OutputStream out, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        Base64.Encoder lines = Base64.getMimeEncoder();
        byte[] end = {'\r', '\n'};
        long left = Math.max(size, 1);
        while (left > 0) {
            long wanted = Math.min(LINES, (left + LINE * 4 / 3 + 1) / (LINE * 4 / 3 + 2));
            byte[] data = new byte[(int) wanted * LINE];
            random.nextBytes(data);
            byte[] text = lines.encode(data);
            out.write(text);
            out.write(end);
            left -= text.length + end.length;
        }
    }
}
