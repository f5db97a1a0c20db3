package org.zegel.model;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    private CertificateAddresses() {}

    /** The addresses, in order, each once; never fails. */
    public static List<EmailAddress> of(X509Certificate certificate) {
        byte @Nullable [] names = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        List<String> found = new ArrayList<>();
        try {
            if (names == null) {
                inSubject(certificate.getSubjectX500Principal().getEncoded(), found);
            } else {
                inAlternativeNames(
                        new DerReader(new DerReader(names).next().value())
                                .next()
                                .value(),
                        found);
            }
            return parsed(found);
        } catch (IllegalArgumentException odd) {
            // What was read before the oddity stands; it was named as clearly as the rest.
            return parsed(found);
        }
    }

    private static List<EmailAddress> parsed(List<String> found) {
        return found.stream()
                .limit(MAX_ADDRESSES)
                .map(EmailAddress::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static void inAlternativeNames(byte[] generalNames, List<String> found) {
        DerReader names = new DerReader(generalNames);
        while (names.hasNext()) {
            DerReader.Element name = names.next();
            if (name.tag() == 0x81) {
                ascii(name.value()).ifPresent(found::add);
            } else if (name.tag() == 0xa0) {
                mailbox(name.value()).ifPresent(found::add);
            }
        }
    }

    private static Optional<String> mailbox(byte[] otherName) {
        DerReader parts = new DerReader(otherName);
        if (!Arrays.equals(parts.next().value(), SMTP_UTF8_MAILBOX)) {
            return Optional.empty();
        }
        DerReader.Element value = new DerReader(parts.next().value()).next();
        return value.tag() == 0x0c ? Optional.of(new String(value.value(), StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static void inSubject(byte[] name, List<String> found) {
        DerReader sets = new DerReader(new DerReader(name).next().value());
        while (sets.hasNext()) {
            DerReader attributes = new DerReader(sets.next().value());
            while (attributes.hasNext()) {
                DerReader attribute = new DerReader(attributes.next().value());
                if (Arrays.equals(attribute.next().value(), EMAIL_ADDRESS)) {
                    ascii(attribute.next().value()).ifPresent(found::add);
                }
            }
        }
    }

    private static Optional<String> ascii(byte[] text) {
        for (byte b : text) {
            if (b <= ' ' || b == 0x7f) {
                return Optional.empty();
            }
        }
        return Optional.of(new String(text, StandardCharsets.US_ASCII));
    }
}
