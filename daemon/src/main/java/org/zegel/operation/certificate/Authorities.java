package org.zegel.operation.certificate;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.content.Content;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.DisplayText;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.operation.Call;
import org.zegel.operation.CertificateFiles;
import org.zegel.operation.ChangeLog;

/** What the person decided about trust: CAs, single certificates, and those that are never relied on. */
public final class Authorities {
    /** What to decide about a certificate, or that was decided. */
    public enum Decision {
        AUTHORITY,
        PINNED,
        DISTRUSTED
    }

    /** Most addresses of a certificate that a question names. */
    private static final int MAX_ADDRESSES = 5;

    private final TrustedAuthorities authorities;
    private final Consent consent;
    private final ChangeLog changes;

    public Authorities(TrustedAuthorities authorities, Consent consent, ChangeLog changes) {
        this.authorities = authorities;
        this.consent = consent;
        this.changes = changes;
    }

    public List<CertificateSummary> list(Decision decision) throws Failure {
        return authorities.all(stored(decision)).stream()
                .map(CertificateSummaries::of)
                .toList();
    }

    /**
     * Asks the person, naming subject and fingerprint: whether to trust a CA, or one person's certificate, for e-mail.
     *
     * @param file holds exactly one certificate
     * @param never asks whether never to rely on it instead
     */
    public void add(Content file, boolean never, Call call) throws Failure, IOException {
        List<X509Certificate> certificates = CertificateFiles.read(file);
        X509Certificate certificate = certificates.getFirst();
        if (certificates.size() != 1) {
            throw new Failure(Failure.Kind.IMPORT_FAILED, "Give exactly one certificate.");
        }
        Decision decision = never
                ? Decision.DISTRUSTED
                : certificate.getBasicConstraints() >= 0 ? Decision.AUTHORITY : Decision.PINNED;
        AuditEvent line = line("trust.add", Fingerprint.sha256(certificate), decision, call);
        String question = question(decision, certificate);
        changes.asked(line, () -> consent.forChange(call.client(), question));
        changes.changed(line, () -> authorities.add(certificate, stored(decision)));
    }

    /** Asks the person, then takes back what was decided about the certificate with this SHA-256 (hexadecimal). */
    public void remove(String sha256, Call call) throws Failure {
        String fingerprint = Certificates.fingerprint(sha256);
        for (Decision decision : Decision.values()) {
            for (X509Certificate one : authorities.all(stored(decision))) {
                if (Fingerprint.sha256(one).equals(fingerprint)) {
                    AuditEvent line = line("trust.remove", fingerprint, decision, call);
                    String question = takenBack(decision) + Described.of(one) + ".";
                    changes.asked(line, () -> consent.forChange(call.client(), question));
                    changes.changed(line, () -> authorities.remove(fingerprint));
                    return;
                }
            }
        }
        throw Certificates.notFound();
    }

    private static AuditEvent line(String operation, String sha256, Decision decision, Call call) {
        return AuditEvent.of(call.client(), operation)
                .withCertificate(sha256)
                .withDetail(
                        switch (decision) {
                            case AUTHORITY -> "authority";
                            case PINNED -> "pinned";
                            case DISTRUSTED -> "distrusted";
                        });
    }

    private static String question(Decision decision, X509Certificate certificate) throws Failure {
        String described = Described.of(certificate) + ".";
        return switch (decision) {
            case AUTHORITY -> "Trust this authority for all e-mail certificates: " + described;
            case DISTRUSTED -> "Never rely on this certificate, nor on any that it issued: " + described;
            case PINNED ->
                "Trust this one certificate for e-mail of " + addresses(certificate)
                        + ", without asking who issued it: " + described;
        };
    }

    private static String takenBack(Decision decision) {
        return switch (decision) {
            case AUTHORITY -> "No longer trust this authority: ";
            case PINNED -> "No longer trust this certificate: ";
            case DISTRUSTED -> "No longer refuse this certificate: ";
        };
    }

    private static String addresses(X509Certificate certificate) throws Failure {
        List<EmailAddress> named = CertificateAddresses.of(certificate);
        if (named.isEmpty()) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED,
                    "This certificate is no authority's and names no e-mail address: there is nothing to trust it for.");
        }
        Stream<String> shown = named.stream().limit(MAX_ADDRESSES).map(each -> DisplayText.of(each.toString()));
        return shown.collect(Collectors.joining(", ")) + (named.size() > MAX_ADDRESSES ? " and more" : "");
    }

    private static TrustedAuthorities.Decision stored(Decision decision) {
        return switch (decision) {
            case AUTHORITY -> TrustedAuthorities.Decision.AUTHORITY;
            case PINNED -> TrustedAuthorities.Decision.PINNED;
            case DISTRUSTED -> TrustedAuthorities.Decision.DISTRUSTED;
        };
    }
}
