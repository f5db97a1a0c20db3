package org.zegel.smime.make;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.smime.MessageEnvelope;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;

/** Reads from a message's outer header who it is from and to. */
public final class MessageEnvelopeReader {
    private MessageEnvelopeReader() {}

    /**
     * Reads the envelope; several To, Cc or Bcc fields count together.
     *
     * @throws Failure {@code MESSAGE_MALFORMED} when the content is not a message
     */
    public static MessageEnvelope read(Content message) throws Failure, IOException {
        MimeEntity root = MimeScanner.message(message);
        Header header = root.header();
        List<String> unreadable = new ArrayList<>();
        return new MessageEnvelope(
                values(header, "From"),
                addresses(header, "From", new ArrayList<>()),
                addresses(header, "To", unreadable),
                addresses(header, "Cc", unreadable),
                addresses(header, "Bcc", unreadable),
                header.first("Subject").map(HeaderField::decoded).orElse(null),
                unreadable,
                ProtectedHeader.isClosed(root));
    }

    private static List<EmailAddress> addresses(Header header, String field, List<String> unreadable) {
        List<EmailAddress> all = new ArrayList<>();
        for (String value : values(header, field)) {
            AddressList list = AddressList.parse(value);
            all.addAll(list.addresses());
            unreadable.addAll(list.unreadable());
        }
        return all;
    }

    private static List<String> values(Header header, String field) {
        return header.all(field).stream().map(HeaderField::value).toList();
    }
}
