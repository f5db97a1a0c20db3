package org.zegel.operation.certificate;

import java.security.cert.X509Certificate;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;

/** A certificate in the words of a question to the person: its subject, control characters replaced, and fingerprint. */
final class Described {
    private static final int MAX_SUBJECT = 200;

    private Described() {}

    static String of(X509Certificate certificate) {
        CertificateSummary summary = CertificateSummaries.of(certificate);
        String subject = summary.subject();
        String shown = subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) + "..." : subject;
        return shown + " (SHA-256 " + summary.sha256() + ")";
    }
}
