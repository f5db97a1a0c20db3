package org.zegel.operation.certificate;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.consent.Consent;
import org.zegel.content.Content;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.operation.Call;
import org.zegel.operation.CertificateFiles;

/** The trust anchors that the person added. */
public final class Authorities {
    private final TrustedAuthorities authorities;
    private final Consent consent;

    public Authorities(TrustedAuthorities authorities, Consent consent) {
        this.authorities = authorities;
        this.consent = consent;
    }

    public List<CertificateSummary> list() throws Failure {
        return authorities.all().stream().map(CertificateSummaries::of).toList();
    }

    /** Asks the person, naming subject and fingerprint. The file holds exactly one CA certificate. */
    public void add(Content file, Call call) throws Failure, IOException {
        List<X509Certificate> certificates = CertificateFiles.read(file);
        X509Certificate authority = certificates.getFirst();
        if (certificates.size() != 1 || authority.getBasicConstraints() < 0) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED,
                    "Give exactly one CA certificate. A person's certificate goes to certificate.import.");
        }
        consent.forChange(
                call.client(), "Trust this authority for all e-mail certificates: " + Described.of(authority) + ".");
        authorities.add(authority);
    }

    /** Asks the person, then no longer trusts the authority with this SHA-256 (hexadecimal). */
    public void remove(String sha256, Call call) throws Failure {
        String fingerprint = Certificates.fingerprint(sha256);
        X509Certificate authority = authorities.all().stream()
                .filter(one -> Fingerprint.sha256(one).equals(fingerprint))
                .findFirst()
                .orElseThrow(Certificates::notFound);
        consent.forChange(call.client(), "No longer trust this authority: " + Described.of(authority) + ".");
        if (!authorities.remove(fingerprint)) {
            throw Certificates.notFound();
        }
    }
}
