package org.zegel.smime.headers;

import java.util.Locale;
import java.util.Set;
import org.zegel.smime.mime.HeaderField;

/** Header fields by what protection means for them. All sets hold lower-case names. */
public final class FieldNames {
    /** Records what the outside of an encrypted message shows (RFC 9788 section 2.2). */
    public static final String HP_OUTER = "HP-Outer";

    /** Never in any output: who is in them must stay hidden from the others. */
    public static final Set<String> NEVER_SENT = Set.of("bcc", "resent-bcc");

    /**
     * What a reader sees or acts on, so that it is taken from inside alone: the user-facing fields of RFC 9788 section
     * 1.1.2 and those that an answer goes by.
     */
    private static final Set<String> USER_FACING = Set.of(
            "subject",
            "from",
            "sender",
            "to",
            "cc",
            "date",
            "reply-to",
            "followup-to",
            "mail-followup-to",
            "mail-reply-to",
            "disposition-notification-to",
            "return-receipt-to",
            "comments",
            "keywords",
            "in-reply-to",
            "references");

    /** May occur once (RFC 5322 section 3.6). */
    private static final Set<String> SINGLE = Set.of(
            "subject", "from", "sender", "to", "cc", "reply-to", "date", "message-id", "in-reply-to", "references");

    /** Added on the way by servers, which sign or trace the outside. */
    private static final Set<String> TRANSPORT = Set.of(
            "received",
            "return-path",
            "delivered-to",
            "dkim-signature",
            "domainkey-signature",
            "authentication-results",
            "received-spf",
            "x-original-to");

    private FieldNames() {}

    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether the field describes the body and not the message: MIME-Version and Content-*. */
    public static boolean isStructural(HeaderField field) {
        return field.isContentField() || field.is("MIME-Version");
    }

    public static boolean isUserFacing(String name) {
        return USER_FACING.contains(key(name));
    }

    /** Whether a field that only the outside has is left out of what is shown: servers may add the date, nothing else. */
    public static boolean isInsideOnly(String name) {
        return isUserFacing(name) && !key(name).equals("date");
    }

    public static boolean isSingle(String name) {
        return SINGLE.contains(key(name));
    }

    /** Whether the field belongs to the outside of the message alone. */
    public static boolean isTransport(String name) {
        String key = key(name);
        return TRANSPORT.contains(key) || key.startsWith("arc-") || key.startsWith("resent-");
    }

    /** Whether a sender copies the field into the payload. */
    public static boolean isProtectable(HeaderField field) {
        return !isStructural(field)
                && !isTransport(field.name())
                && !NEVER_SENT.contains(key(field.name()))
                && !field.is(HP_OUTER);
    }
}
