package org.zegel.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** A real message: a subject that is not ASCII, a text in quoted-printable and an attachment in base64. */
final class DemoMail {
    static final String SUBJECT = "Réservation d'été: 2 × € 12,50 ✓";
    static final String TEXT_WORD = "koffie";

    private DemoMail() {}

    /** @param attachment bytes of the attachment, which is base64 in the message */
    static byte[] message(String from, String to, int attachment) {
        String subject = Base64.getEncoder().encodeToString(SUBJECT.getBytes(StandardCharsets.UTF_8));
        String header = """
                From: Alice Demo <%s>
                To: Bob Demo <%s>
                Subject: =?UTF-8?B?%s?=
                Date: Tue, 6 Jan 2026 10:00:00 +0100
                Message-ID: <demo@zegel.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="demo-7f3a"

                --demo-7f3a
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Beste Bob,

                De %s is klaar. =E2=82=AC 12,50 per persoon, tot morgen!

                Alice
                --demo-7f3a
                Content-Type: image/x-portable-pixmap; name="foto.ppm"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="foto.ppm"

                %s
                --demo-7f3a--
                """;
        String text = String.format(Locale.ROOT, header, from, to, subject, TEXT_WORD, base64(attachment));
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
    }
}
