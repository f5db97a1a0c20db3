package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/**
 * Names stay within what the CAs above, the anchor included, allow (RFC 5280 section 4.2.1.10). Constraints on
 * rfc822Name hold for every address that the certificate is used for, also SmtpUTF8Mailbox (RFC 9598 section 6) and
 * the emailAddress of a subject.
 */
final class NameConstraintsCheck implements PathCheck {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        try {
            PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
            List<X509Certificate> certificates = path.certificates();
            for (int i = certificates.size() - 1; i >= 0; i--) {
                X509Certificate certificate = certificates.get(i);
                boolean top = i == certificates.size() - 1;
                if (!top && (i == 0 || !CertificateSignatures.selfIssued(certificate))) {
                    checkNames(validator, certificate);
                }
                apply(validator, certificate);
            }
            return Optional.empty();
        } catch (NameConstraintValidatorException outside) {
            return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, Finding.NAME_CONSTRAINTS));
        } catch (RuntimeException odd) {
            return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, Finding.NAME_CONSTRAINTS_UNREADABLE));
        }
    }

    private static void apply(PKIXNameConstraintValidator validator, X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(NAME_CONSTRAINTS);
        if (value == null) {
            return;
        }
        NameConstraints constraints =
                NameConstraints.getInstance(ASN1OctetString.getInstance(value).getOctets());
        GeneralSubtree @Nullable [] permitted = constraints.getPermittedSubtrees();
        if (permitted != null) {
            validator.intersectPermittedSubtree(permitted);
        }
        GeneralSubtree @Nullable [] excluded = constraints.getExcludedSubtrees();
        for (int i = 0; excluded != null && i < excluded.length; i++) {
            validator.addExcludedSubtree(excluded[i]);
        }
    }

    private static void checkNames(PKIXNameConstraintValidator validator, X509Certificate certificate)
            throws NameConstraintValidatorException {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        if (subject.getRDNs().length > 0) {
            validator.checkPermittedDN(subject);
            validator.checkExcludedDN(subject);
        }
        for (GeneralName name : alternativeNames(certificate)) {
            validator.checkPermitted(name);
            validator.checkExcluded(name);
        }
        for (EmailAddress address : CertificateAddresses.of(certificate)) {
            GeneralName mailbox = new GeneralName(GeneralName.rfc822Name, ascii(address));
            validator.checkPermitted(mailbox);
            validator.checkExcluded(mailbox);
        }
    }

    /** Constraints of SmtpUTF8Mailbox names concern hosts and domains; the local part only has to be there. */
    private static String ascii(EmailAddress address) {
        return address.local().chars().allMatch(c -> c < 0x80) ? address.toString() : "utf8@" + address.domain();
    }

    private static List<GeneralName> alternativeNames(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        List<GeneralName> names = new ArrayList<>();
        if (value != null) {
            names.addAll(List.of(
                    GeneralNames.getInstance(ASN1OctetString.getInstance(value).getOctets())
                            .getNames()));
        }
        return names;
    }
}
