package org.zegel.operation.certificate;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
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
        requireAddress(decision, certificate);
        changes.asked(line, () -> consent.forTrust(call.client(), certificate, reliance(decision)));
        changes.changed(line, () -> authorities.add(certificate, stored(decision)));
    }

    /** Asks the person, then takes back what was decided about the certificate with this SHA-256 (hexadecimal). */
    public void remove(String sha256, Call call) throws Failure {
        String fingerprint = Certificates.fingerprint(sha256);
        for (Decision decision : Decision.values()) {
            for (X509Certificate one : authorities.all(stored(decision))) {
                if (Fingerprint.sha256(one).equals(fingerprint)) {
                    AuditEvent line = line("trust.remove", fingerprint, decision, call);
                    PlannedChange change = new PlannedChange.TakeBackTrust(one, reliance(decision));
                    changes.asked(line, () -> consent.forChange(call.client(), change));
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

    private static void requireAddress(Decision decision, X509Certificate certificate) throws Failure {
        if (decision == Decision.PINNED && CertificateAddresses.of(certificate).isEmpty()) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED,
                    "This certificate is no authority's and names no e-mail address: there is nothing to trust it for.");
        }
    }

    private static Question.Reliance reliance(Decision decision) {
        return switch (decision) {
            case AUTHORITY -> Question.Reliance.AUTHORITY;
            case PINNED -> Question.Reliance.PERSON;
            case DISTRUSTED -> Question.Reliance.NEVER;
        };
    }

    private static TrustedAuthorities.Decision stored(Decision decision) {
        return switch (decision) {
            case AUTHORITY -> TrustedAuthorities.Decision.AUTHORITY;
            case PINNED -> TrustedAuthorities.Decision.PINNED;
            case DISTRUSTED -> TrustedAuthorities.Decision.DISTRUSTED;
        };
    }
}
