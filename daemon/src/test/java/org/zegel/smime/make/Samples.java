package org.zegel.smime.make;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Messages as people and programs write them, the awkward ones included. */
final class Samples {
    private static final String HEADER = """
            From: Alice <alice@example.org>
            To: Bob <bob@example.org>
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= from
             Alice
            Date: Mon, 6 Jan 2025 10:00:00 +0100
            Message-ID: <1@example.org>
            MIME-Version: 1.0
            """;

    private Samples() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        add(all, "plain", HEADER + "Content-Type: text/plain; charset=us-ascii\n\nHello Bob,\n\n  indented\nbye\n");
        add(all, "no content type", "From: alice@example.org\nSubject: bare\n\nNo MIME here.\n");
        add(
                all,
                "8-bit",
                HEADER + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGrüße ✓\n");
        add(all, "8-bit undeclared", "From: alice@example.org\nSubject: raw\n\nGrüße\n");
        all.put(
                "latin-1 undeclared",
                crLf("From: alice@example.org\nSubject: raw\n\nGrüße\n", StandardCharsets.ISO_8859_1));
        add(
                all,
                "unicode header",
                "From: Jörg <jörg@bücher.example>\nSubject: Grüße ✓\nMIME-Version: 1.0\n"
                        + "Content-Type: text/plain\n\nascii body\n");
        add(all, "long line", HEADER + "Content-Type: text/plain\n\n" + "word ".repeat(400) + "\nshort\n");
        add(
                all,
                "trailing white space",
                HEADER + "Content-Type: text/plain; format=flowed\n\nflowed \nline \t\n-- \nA\n");
        add(all, "from and dots", HEADER + "Content-Type: text/plain\n\nFrom here on\n.\n..two\n>From quoted\n");
        add(all, "empty body", HEADER + "Content-Type: text/plain\n\n");
        add(all, "header only", "From: alice@example.org\nSubject: nothing more\n");
        all.put("header without line end", "From: alice@example.org\nSubject: x".getBytes(StandardCharsets.US_ASCII));
        add(all, "no final line end", HEADER + "Content-Type: text/plain\n\nlast line without end");
        add(
                all,
                "quoted-printable",
                HEADER + "Content-Type: text/plain; charset=utf-8\n"
                        + "Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe, a line=\n broken softly=20\nend\n");
        add(all, "attachments", multipart());
        all.put("lf only", multipart().getBytes(StandardCharsets.UTF_8));
        add(
                all,
                "mbox line",
                "From alice@example.org Mon Jan  6 10:00:00 2025\n" + HEADER + "Content-Type: text/plain\n\nmbox\n");
        add(
                all,
                "nested message",
                HEADER + "Content-Type: multipart/mixed; boundary=outer\n"
                        + "Content-Transfer-Encoding: 8bit\n\n--outer\nContent-Type: message/rfc822\n"
                        + "Content-Transfer-Encoding: 8bit\n\nFrom: carol@example.org\nSubject: inner\n"
                        + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nÄußerst\n--outer--\n");
        add(
                all,
                "unclosed multipart",
                HEADER + "Content-Type: multipart/mixed; boundary=b1\n\npreamble\n--b1\n\npart\n");
        all.put("binary part", binaryPart());
        return all;
    }

    private static String multipart() {
        String base64 = Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(noise(3000));
        return HEADER + """
                Content-Type: multipart/mixed; boundary="----=_b 1"

                This is a multi-part message.
                ------=_b 1
                Content-Type: multipart/alternative; boundary=alt

                --alt
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Überraschung
                --alt
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <b>=C3=9C</b>
                --alt--

                ------=_b 1
                Content-Type: application/octet-stream;
                 name*=utf-8''%C3%BCber.bin
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename*=utf-8''%C3%BCber.bin

                """ + base64 + "\n------=_b 1--\nepilogue\n";
    }

    private static byte[] binaryPart() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(crLf(
                HEADER + "Content-Type: multipart/mixed; boundary=bb\n\n--bb\nContent-Type: image/png\n"
                        + "Content-Transfer-Encoding: binary\n\n",
                StandardCharsets.UTF_8));
        out.writeBytes(noise(20_000));
        out.writeBytes(crLf("\n--bb\nContent-Type: text/plain\n\ntext\n--bb--\n", StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** Every byte value, LF and CR among them, without a pattern. */
    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static void add(Map<String, byte[]> all, String name, String text) {
        all.put(name, crLf(text, StandardCharsets.UTF_8));
    }

    private static byte[] crLf(String text, Charset charset) {
        return text.replace("\n", "\r\n").getBytes(charset);
    }
}
