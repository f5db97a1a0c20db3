package org.zegel.model;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address (addr-spec of RFC 5322, or internationalised per RFC 6532).
 *
 * <p>The local part is kept as written; the domain is kept in lower-case A-label form. Two addresses
 * {@linkplain #matches match} when the local parts are equal but for ASCII case and the domains are equal.
 */
public record EmailAddress(String local, String domain) {
    /** Longest accepted address, in characters (RFC 5321 section 4.5.3.1). */
    public static final int MAX_LENGTH = 254 + 66;

    /** Parses {@code local@domain}; empty when the text is not one plain address. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1 || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        if (hasForbidden(local) || hasForbidden(text.substring(at + 1)) || isDeviation(text.substring(at + 1))) {
            return Optional.empty();
        }
        try {
            // The JDK knows the letters of Unicode 3.2; later ones are taken as they are written.
            String domain =
                    IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            // What looks like an at sign or a space may be mapped to one.
            return domain.isEmpty() || hasForbidden(domain)
                    ? Optional.empty()
                    : Optional.of(new EmailAddress(local, domain));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notADomain) {
            return Optional.empty();
        }
    }

    /** Whether both name the same mailbox: local parts equal but for ASCII case, same domain. Sub-addresses differ. */
    public boolean matches(EmailAddress other) {
        return asciiLower(local).equals(asciiLower(other.local)) && domain.equals(other.domain);
    }

    /** The form used as a key in indexes: two addresses match exactly when their keys are equal. */
    public String key() {
        return asciiLower(local) + "@" + domain;
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }

    private static boolean hasForbidden(String part) {
        boolean quoted = part.startsWith("\"") && part.endsWith("\"") && part.length() > 2;
        return part.chars()
                .anyMatch(c -> c < 0x20
                        || c == 0x7f
                        || (!quoted
                                && (c == ' ' || c == ',' || c == ';' || c == '<' || c == '>' || c == '@' || c == '('
                                        || c == ')' || c == '"')));
    }

    /**
     * Letters that IDNA 2003, which the JDK has, and IDNA 2008 map to different domains. Written so, a domain could be
     * taken for another owner's; its A-label form is clear.
     */
    private static boolean isDeviation(String domain) {
        return domain.chars().anyMatch(c -> c == 0xdf || c == 0x1e9e || c == 0x3c2 || c == 0x200c || c == 0x200d);
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c).forEach(c -> lower.append((char) c));
        return lower.toString();
    }
}
