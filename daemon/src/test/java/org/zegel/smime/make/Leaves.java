package org.zegel.smime.make;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What a message says to its reader, as another MIME implementation (Angus Mail) sees it. */
final class Leaves {
    private Leaves() {}

    /** Media type and decoded data of every leaf; line ends of text made one, since they are not what people write. */
    static List<String> of(byte[] message) throws MessagingException, IOException {
        List<String> leaves = new ArrayList<>();
        collect(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message)), leaves);
        return leaves;
    }

    private static void collect(Part part, List<String> leaves) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            Multipart multipart = (Multipart) part.getContent();
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                collect(child, leaves);
            }
        } else if (part.isMimeType("message/rfc822")) {
            collect((Part) part.getContent(), leaves);
        } else {
            try (InputStream in = part.getInputStream()) {
                String data = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                leaves.add(part.isMimeType("text/*") ? data.replace("\r\n", "\n") : data);
            }
        }
    }
}
