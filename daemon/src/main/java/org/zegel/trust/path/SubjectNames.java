package org.zegel.trust.path;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateAddresses;

/** All names of a certificate that name constraints speak of (RFC 5280 section 4.2.1.10). */
final class SubjectNames {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";

    private SubjectNames() {}

    /**
     * Subject, alternative names, and the subject's emailAddress where there are no alternative names.
     *
     * @throws IllegalArgumentException and other RuntimeExceptions when the names cannot be read
     */
    static Set<SubjectName> of(X509Certificate certificate) {
        Set<SubjectName> names = new LinkedHashSet<>();
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        if (subject.getRDNs().length > 0) {
            names.add(new SubjectName.Directory(DistinguishedName.of(subject)));
        }
        byte @Nullable [] alternative = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        if (alternative == null) {
            addMail(names, subject);
        } else {
            byte[] value = ASN1OctetString.getInstance(alternative).getOctets();
            for (GeneralName name : GeneralNames.getInstance(value).getNames()) {
                names.add(read(name));
            }
        }
        // What an address is taken from is constrained, however oddly it is written.
        CertificateAddresses.of(certificate).stream()
                .map(address -> new SubjectName.Mail(MailName.parse(address.toString())))
                .forEach(names::add);
        return names;
    }

    private static void addMail(Set<SubjectName> names, X500Name subject) {
        for (var relative : subject.getRDNs(BCStyle.EmailAddress)) {
            for (var attribute : relative.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.EmailAddress)) {
                    names.add(
                            attribute.getValue() instanceof ASN1String text
                                    ? mail(text.getString())
                                    : new SubjectName.Mail(Optional.empty()));
                }
            }
        }
    }

    private static SubjectName read(GeneralName name) {
        NameForm form = NameForm.of(name);
        return switch (name.getTagNo()) {
            case GeneralName.rfc822Name -> mail(text(name));
            case GeneralName.dNSName -> new SubjectName.Host(form, MailName.host(withoutWildcard(text(name))));
            case GeneralName.uniformResourceIdentifier -> new SubjectName.Host(form, host(text(name)));
            case GeneralName.iPAddress ->
                new SubjectName.Address(
                        ASN1OctetString.getInstance(name.getName()).getOctets());
            case GeneralName.directoryName ->
                new SubjectName.Directory(DistinguishedName.of(X500Name.getInstance(name.getName())));
            case GeneralName.otherName ->
                form.equals(NameForm.UTF8_MAIL) ? new SubjectName.Mail(utf8Mailbox(name)) : new SubjectName.Other(form);
            default -> new SubjectName.Other(form);
        };
    }

    private static SubjectName mail(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        return new SubjectName.Mail(ascii ? MailName.parse(text) : Optional.empty());
    }

    private static Optional<MailName> utf8Mailbox(GeneralName name) {
        ASN1Sequence parts = ASN1Sequence.getInstance(name.getName());
        ASN1UTF8String text = ASN1UTF8String.getInstance(
                ASN1TaggedObject.getInstance(parts.getObjectAt(1)).getExplicitBaseObject());
        return MailName.parse(text.getString());
    }

    private static String text(GeneralName name) {
        return ((ASN1String) name.getName()).getString();
    }

    /** A wildcard stands for names that are all within a constraint when what follows it is. */
    private static String withoutWildcard(String host) {
        return host.startsWith("*.") ? host.substring(2) : host;
    }

    private static Optional<String> host(String uri) {
        try {
            return Optional.ofNullable(new URI(uri).getHost())
                    .filter(host -> host.chars().anyMatch(Character::isLetter) && !host.startsWith("["))
                    .flatMap(MailName::host);
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }
}
