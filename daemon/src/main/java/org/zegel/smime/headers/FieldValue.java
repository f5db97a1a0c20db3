package org.zegel.smime.headers;

import java.util.List;
import java.util.stream.Collectors;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.EncodedWords;
import org.zegel.model.Mailbox;
import org.zegel.smime.mime.HeaderField;

/** When two values of a header field say the same: servers fold anew, encode, and change white space and quoting. */
public final class FieldValue {
    private FieldValue() {}

    /** A form in which values that say the same are equal. */
    public static String canonical(String name, String value) {
        return switch (FieldNames.key(name)) {
            case "from", "sender", "to", "cc", "reply-to" -> addresses(value);
            default -> text(value);
        };
    }

    /** The canonical forms of several fields of one name. */
    public static List<String> canonical(String name, List<HeaderField> fields) {
        return fields.stream().map(field -> canonical(name, field.value())).toList();
    }

    /** Decoded, with white space made one space. */
    public static String text(String value) {
        return EncodedWords.decode(value).replaceAll("\\s+", " ").strip();
    }

    private static String addresses(String value) {
        AddressList list = AddressList.parse(value);
        if (list.problem() != null || list.groups()) {
            return text(value);
        }
        return list.mailboxes().stream().map(FieldValue::mailbox).collect(Collectors.joining(", "));
    }

    private static String mailbox(Mailbox mailbox) {
        String name = mailbox.displayName();
        EmailAddress address = mailbox.address();
        return (name == null ? "" : text(name)) + " <" + address.key() + ">";
    }
}
