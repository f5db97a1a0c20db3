package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.Fingerprint;

/** A certificate in words for people. What it returns is as hostile as the certificate. */
final class CertificateWords {
    private static final int GROUP = 4;
    private static final String[] NAMES = {"CN", "O", "OU"};

    private final Texts texts;
    private final DateTimeFormatter dates;

    CertificateWords(Texts texts) {
        this.texts = texts;
        this.dates = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(texts.locale())
                .withZone(ZoneId.systemDefault());
    }

    /** The holder's name and first address. */
    String name(X509Certificate certificate) {
        String name = shortName(certificate.getSubjectX500Principal());
        return CertificateAddresses.of(certificate).stream()
                .findFirst()
                .map(address -> address.toString().equals(name) ? name : name + " <" + address + ">")
                .orElse(name);
    }

    /** Who issued it and until when it is good. */
    String issuedBy(X509Certificate certificate) {
        String issuer = isSelfSigned(certificate)
                ? texts.get("certificate.self-signed")
                : shortName(certificate.getIssuerX500Principal());
        return issuer + ", " + validNow(certificate);
    }

    private String validNow(X509Certificate certificate) {
        return switch (Age.of(certificate, texts.now())) {
            case EARLY -> texts.get("certificate.from", from(certificate));
            case EXPIRED -> texts.get("certificate.ended", until(certificate));
            case ENDING, GOOD -> texts.get("certificate.until", until(certificate));
        };
    }

    /** What is to be minded of a certificate that is relied on, or whose key is used, today. */
    Optional<QuestionView.Notice> ageNotice(X509Certificate certificate) {
        return switch (Age.of(certificate, texts.now())) {
            case EARLY -> warning(QuestionView.Level.WARNING, texts.get("certificate.early", from(certificate)));
            case EXPIRED -> warning(QuestionView.Level.WARNING, texts.get("certificate.expired", until(certificate)));
            case ENDING -> warning(QuestionView.Level.INFO, texts.get("certificate.ending", until(certificate)));
            case GOOD -> Optional.empty();
        };
    }

    /** The same where the key opens what was encrypted before: an old one is what that needs. */
    Optional<QuestionView.Notice> readingNotice(X509Certificate certificate) {
        return Age.of(certificate, texts.now()) == Age.EXPIRED
                ? warning(QuestionView.Level.INFO, texts.get("certificate.expired-reads", until(certificate)))
                : ageNotice(certificate);
    }

    private static Optional<QuestionView.Notice> warning(QuestionView.Level level, String text) {
        return Optional.of(new QuestionView.Notice(level, text));
    }

    private String from(X509Certificate certificate) {
        return day(certificate.getNotBefore().toInstant());
    }

    private String until(X509Certificate certificate) {
        return day(certificate.getNotAfter().toInstant());
    }

    String validity(X509Certificate certificate) {
        return from(certificate) + " \u2013 " + until(certificate);
    }

    boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /** SHA-256 in groups of four digits, as people compare it. */
    static String fingerprint(X509Certificate certificate) {
        StringBuilder grouped = new StringBuilder();
        String digits = Fingerprint.sha256(certificate).toUpperCase(Locale.ROOT);
        for (int at = 0; at < digits.length(); at += GROUP) {
            grouped.append(at == 0 ? "" : " ").append(digits, at, Math.min(at + GROUP, digits.length()));
        }
        return grouped.toString();
    }

    /** In the person's language, where they are. */
    String day(Instant instant) {
        return dates.format(instant);
    }

    private static String shortName(X500Principal principal) {
        String whole = principal.getName();
        try {
            LdapName name = new LdapName(whole);
            return Stream.of(NAMES)
                    .flatMap(type -> value(name, type).stream())
                    .findFirst()
                    .orElse(whole);
        } catch (InvalidNameException odd) {
            return whole;
        }
    }

    private static Optional<String> value(LdapName name, String type) {
        return name.getRdns().reversed().stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                .map(Rdn::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .findFirst();
    }
}
