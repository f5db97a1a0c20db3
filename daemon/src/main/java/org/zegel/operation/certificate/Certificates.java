package org.zegel.operation.certificate;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.content.Content;
import org.zegel.directory.Directory;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.Verdict;
import org.zegel.operation.Call;
import org.zegel.operation.CertificateFiles;
import org.zegel.operation.ChangeLog;
import org.zegel.operation.Judgement;

/** Other people's certificates: lists, shows, keeps and forgets them. */
public final class Certificates {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Most issuers kept with a certificate. */
    static final int MAX_ISSUERS = 8;

    /** Most certificates of one file that are pinned: the person is asked for each. */
    static final int MAX_PINNED = 5;

    private final Directory directory;
    private final Judgement judgement;
    private final Consent consent;
    private final ChangeLog changes;

    public Certificates(Directory directory, Judgement judgement, Consent consent, ChangeLog changes) {
        this.directory = directory;
        this.judgement = judgement;
        this.consent = consent;
        this.changes = changes;
    }

    /** {@code chain}: whether and why it is trusted now, as an e-mail certificate. */
    public record Inspected(CertificateSummary certificate, Verdict.Chain chain) {}

    /** Every certificate known, or those known for the address, each once. */
    public List<CertificateSummary> list(@Nullable EmailAddress address) throws Failure {
        List<DirectoryEntry> entries = address == null ? directory.all() : directory.find(address);
        return entries.stream()
                .map(DirectoryEntry::certificate)
                .distinct()
                .map(CertificateSummaries::of)
                .toList();
    }

    /** What the first certificate of the file says, and its path with the help of the others. */
    public Inspected inspect(Content file) throws Failure, IOException {
        List<X509Certificate> certificates = CertificateFiles.read(file);
        X509Certificate first = certificates.getFirst();
        return new Inspected(CertificateSummaries.of(first), judgement.chain(first, certificates));
    }

    /** Keeps people's certificates under the addresses they name, with the issuers that came along. */
    public List<CertificateSummary> add(Content file, boolean pinned, Call call) throws Failure, IOException {
        Map<X509Certificate, List<EmailAddress>> people = new LinkedHashMap<>();
        List<X509Certificate> issuers = new ArrayList<>();
        for (X509Certificate certificate : CertificateFiles.read(file)) {
            if (certificate.getBasicConstraints() >= 0 && issuers.size() < MAX_ISSUERS) {
                issuers.add(certificate);
            }
            List<EmailAddress> addresses = CertificateAddresses.of(certificate);
            if (certificate.getBasicConstraints() < 0 && !addresses.isEmpty()) {
                people.put(certificate, addresses);
            }
        }
        if (people.isEmpty()) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED,
                    "No certificate in this file names an e-mail address. A CA certificate goes to trust.add.");
        }
        ask(people, pinned, call);
        List<CertificateSummary> kept = new ArrayList<>();
        for (Map.Entry<X509Certificate, List<EmailAddress>> one : people.entrySet()) {
            changes.changed(imported(Fingerprint.sha256(one.getKey()), pinned, call), () -> {
                for (EmailAddress address : one.getValue()) {
                    directory.keep(address, one.getKey(), issuers, pinned);
                }
            });
            kept.add(CertificateSummaries.of(one.getKey()));
        }
        return kept;
    }

    /** Forgets the certificate with this SHA-256 (hexadecimal). */
    public void remove(String sha256, Call call) throws Failure {
        String fingerprint = fingerprint(sha256);
        DirectoryEntry entry = directory.all().stream()
                .filter(one -> Fingerprint.sha256(one.certificate()).equals(fingerprint))
                .findFirst()
                .orElseThrow(Certificates::notFound);
        AuditEvent line = AuditEvent.of(call.client(), "certificate.remove").withCertificate(fingerprint);
        PlannedChange change = new PlannedChange.ForgetCertificate(entry.certificate());
        changes.asked(line, () -> consent.forChange(call.client(), change));
        changes.changed(line, () -> {
            if (!directory.forget(fingerprint)) {
                throw notFound();
            }
        });
    }

    private static AuditEvent imported(String sha256, boolean pinned, Call call) {
        return AuditEvent.of(call.client(), "certificate.import")
                .withCertificate(sha256)
                .withDetail(pinned ? "pinned" : null);
    }

    static String fingerprint(String text) throws Failure {
        String plain = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(plain).matches()) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS,
                    "sha256 must be 64 hexadecimal digits, as certificate.list gives.");
        }
        return plain;
    }

    static Failure notFound() {
        return new Failure(Failure.Kind.CERTIFICATE_NOT_FOUND, "There is no certificate with this fingerprint.");
    }

    /** Those that are used without further checks are shown whole, one after the other. */
    private void ask(Map<X509Certificate, List<EmailAddress>> people, boolean pinned, Call call) throws Failure {
        if (pinned) {
            if (people.size() > MAX_PINNED) {
                throw new Failure(Failure.Kind.IMPORT_FAILED, "Pin at most " + MAX_PINNED + " certificates at a time.");
            }
            for (X509Certificate one : people.keySet()) {
                changes.asked(
                        imported(Fingerprint.sha256(one), true, call),
                        () -> consent.forTrust(call.client(), one, Question.Reliance.RECIPIENT));
            }
            return;
        }
        X509Certificate first = people.keySet().iterator().next();
        PlannedChange change = new PlannedChange.KeepCertificates(first, people.size() - 1);
        changes.asked(imported(Fingerprint.sha256(first), false, call), () -> consent.forChange(call.client(), change));
    }
}
