package org.zegel.smime.headers;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.HeaderPolicy;
import org.zegel.smime.mime.HeaderField;

/** What the outside of an encrypted message shows of a header field (RFC 9788 section 3). */
public sealed interface Confidentiality {
    /** What stands for a hidden subject. */
    String HIDDEN = "[...]";

    /** Longest date that is read, in characters. */
    int LONGEST_DATE = 200;

    /** The field goes outside as it is. */
    record Same() implements Confidentiality {}

    /** Another value goes outside; folded with CRLF where it is long. */
    record Instead(String value) implements Confidentiality {}

    /** Nothing goes outside. */
    record Absent() implements Confidentiality {}

    /** Applies the policy. */
    static Confidentiality of(HeaderPolicy policy, HeaderField field) {
        boolean hides = policy == HeaderPolicy.BASELINE || policy == HeaderPolicy.SHY;
        boolean shy = policy == HeaderPolicy.SHY;
        return switch (FieldNames.key(field.name())) {
            case "subject" -> hides ? new Instead(HIDDEN) : new Same();
            case "comments", "keywords" -> hides ? new Absent() : new Same();
            case "from", "to", "cc" -> shy ? addresses(field) : new Same();
            case "date" -> shy ? universal(field) : new Same();
            default -> new Same();
        };
    }

    /** Addresses without names; a field with groups, or that cannot be read whole, stays as it is. */
    private static Confidentiality addresses(HeaderField field) {
        AddressList list = AddressList.parse(field.value());
        if (list.problem() != null || list.groups() || list.mailboxes().isEmpty()) {
            return new Same();
        }
        return instead(
                field, list.addresses().stream().map(EmailAddress::toString).collect(Collectors.joining(",\r\n ")));
    }

    private static Confidentiality universal(HeaderField field) {
        if (field.value().length() > LONGEST_DATE) {
            return new Same();
        }
        // The zone's name in a comment (RFC 5322 section 4.3) says where the sender is, so it goes too.
        String date = field.value().replaceAll("\\s*\\([^()]*\\)\\s*$", "");
        try {
            OffsetDateTime moment = OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return instead(
                    field,
                    DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
                            .format(moment.withOffsetSameInstant(ZoneOffset.UTC)));
        } catch (DateTimeException notADate) {
            return new Same();
        }
    }

    private static Confidentiality instead(HeaderField field, String value) {
        return value.equals(field.value()) ? new Same() : new Instead(value);
    }
}
