package org.zegel.trust.path;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox as name constraints compare it: the local part without its quotes, the domain as lower-case A-labels
 * (RFC 5280 section 7.5, RFC 9549, RFC 9598 section 6).
 */
record MailName(String local, String domain) {
    /** Empty for what is not one address; a constraint cannot be checked against it. */
    static Optional<MailName> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            return Optional.empty();
        }
        Optional<String> local = local(text.substring(0, at));
        Optional<String> domain = host(text.substring(at + 1));
        return local.flatMap(name -> domain.map(host -> new MailName(name, host)));
    }

    boolean sameIgnoringCase(MailName other) {
        return domain.equals(other.domain) && lower(local).equals(lower(other.local));
    }

    private static Optional<String> local(String written) {
        boolean quoted = written.length() > 2 && written.startsWith("\"") && written.endsWith("\"");
        if (!quoted) {
            return written.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "\"(),:;<>@[\\]".indexOf(c) >= 0)
                    ? Optional.of(written)
                    : Optional.empty();
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < written.length() - 1; i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length() - 1) {
                c = written.charAt(++i);
            } else if (c == '"' || c == '\\') {
                return Optional.empty();
            }
            if (c < ' ' || c == 0x7f) {
                return Optional.empty();
            }
            plain.append(c);
        }
        return Optional.of(plain.toString());
    }

    /** A host name in lower-case A-labels, or an address literal; empty for anything else. */
    static Optional<String> host(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            return Optional.of(lower(written));
        }
        try {
            String ascii = IDN.toASCII(written).toLowerCase(Locale.ROOT);
            boolean plain = !ascii.isEmpty()
                    && !ascii.startsWith(".")
                    && !ascii.endsWith(".")
                    && !ascii.contains("..")
                    && ascii.chars()
                            .allMatch(c -> (c >= 'a' && c <= 'z')
                                    || (c >= '0' && c <= '9')
                                    || c == '-'
                                    || c == '.'
                                    || c == '_');
            return plain ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException notAHost) {
            return Optional.empty();
        }
    }

    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c).forEach(c -> lower.append((char) c));
        return lower.toString();
    }
}
