package org.zegel.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail addresses that a certificate names: rfc822Name and SmtpUTF8Mailbox (RFC 9598) of the subjectAltName, or
 * the subject's emailAddress where there is no subjectAltName at all. Oddly encoded names are passed over.
 */
public final class CertificateAddresses {
    /** Most addresses read from one certificate. */
    public static final int MAX_ADDRESSES = 1_000;

    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final byte[] SMTP_UTF8_MAILBOX = {0x2b, 6, 1, 5, 5, 7, 8, 9};
    private static final byte[] EMAIL_ADDRESS = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 9, 1};
    private static final int UTF8_STRING = 0x0c;
    private static final int BMP_STRING = 0x1e;
    private static final int UNIVERSAL_STRING = 0x1c;

    private final List<EmailAddress> found = new ArrayList<>();
    private final Set<Finding> oddities = EnumSet.noneOf(Finding.class);

    private CertificateAddresses(X509Certificate certificate) {
        byte @Nullable [] names = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        try {
            subject(certificate.getSubjectX500Principal().getEncoded(), names == null);
            if (names != null) {
                alternativeNames(new DerReader(names).next().contents().next().contents());
            }
        } catch (IllegalArgumentException odd) {
            // What was read before the oddity stands; it was named as clearly as the rest.
            oddities.add(Finding.CERTIFICATE_ADDRESS_UNREADABLE);
        }
    }

    /** The addresses, in order, each once; never fails. */
    public static List<EmailAddress> of(X509Certificate certificate) {
        return new CertificateAddresses(certificate).found.stream().distinct().toList();
    }

    /**
     * What is odd about the names: an address that cannot be read, or control characters in an address or in the
     * subject, by which a name looks to some programs like another one.
     */
    public static Set<Finding> oddities(X509Certificate certificate) {
        return new CertificateAddresses(certificate).oddities;
    }

    private void alternativeNames(DerReader names) {
        while (names.hasNext()) {
            DerReader.Element name = names.next();
            if (name.tag() == 0x81) {
                address(name.value(), StandardCharsets.US_ASCII);
            } else if (name.tag() == 0xa0) {
                mailbox(name.contents());
            }
        }
    }

    private void mailbox(DerReader parts) {
        if (!Arrays.equals(parts.next().value(), SMTP_UTF8_MAILBOX)) {
            return;
        }
        DerReader.Element value = parts.next().contents().next();
        if (value.tag() == UTF8_STRING) {
            address(value.value(), StandardCharsets.UTF_8);
        } else {
            oddities.add(Finding.CERTIFICATE_ADDRESS_UNREADABLE);
        }
    }

    /** {@code addresses}: the subject's emailAddress counts, for there is no other. */
    private void subject(byte[] name, boolean addresses) {
        DerReader sets = new DerReader(name).next().contents();
        while (sets.hasNext()) {
            DerReader attributes = sets.next().contents();
            while (attributes.hasNext()) {
                DerReader attribute = attributes.next().contents();
                byte[] type = attribute.next().value();
                DerReader.Element value = attribute.next();
                if (hasControl(text(value))) {
                    oddities.add(Finding.CERTIFICATE_CONTROL_CHARACTER);
                }
                if (addresses && Arrays.equals(type, EMAIL_ADDRESS)) {
                    address(value.value(), StandardCharsets.US_ASCII);
                }
            }
        }
    }

    private void address(byte[] encoded, Charset charset) {
        if (found.size() == MAX_ADDRESSES) {
            return;
        }
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
        } catch (CharacterCodingException malformed) {
            oddities.add(Finding.CERTIFICATE_ADDRESS_UNREADABLE);
            return;
        }
        if (hasControl(text)) {
            oddities.add(Finding.CERTIFICATE_CONTROL_CHARACTER);
            return;
        }
        EmailAddress.parse(text)
                .ifPresentOrElse(found::add, () -> oddities.add(Finding.CERTIFICATE_ADDRESS_UNREADABLE));
    }

    private static String text(DerReader.Element value) {
        Charset charset = switch (value.tag()) {
            case UTF8_STRING -> StandardCharsets.UTF_8;
            case BMP_STRING -> StandardCharsets.UTF_16BE;
            case UNIVERSAL_STRING -> Charset.forName("UTF-32BE");
            default -> StandardCharsets.ISO_8859_1;
        };
        return new String(value.value(), charset);
    }

    /** C0 and DEL, and what changes the direction of the text around it. */
    private static boolean hasControl(String text) {
        return text.chars()
                .anyMatch(c -> c < 0x20 || c == 0x7f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069);
    }
}
