package org.zegel.trust;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/**
 * The whole algorithm of RFC 5280 section 6.1, policies included, by Bouncy Castle's validator: what the single checks
 * do not name ends here. It has no list of disabled algorithms of its own, so weak ones are judged, not just refused.
 */
final class Rfc5280Check implements PathCheck {
    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        if (path.certificates().size() < 2) {
            return Optional.empty();
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509", CertificateSignatures.BOUNCY_CASTLE);
            List<X509Certificate> below = new ArrayList<>();
            for (X509Certificate certificate : path.belowAnchor()) {
                below.add(converted(factory, certificate));
            }
            PKIXParameters parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(converted(factory, path.last()), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(withinValidity(path, question.at())));
            CertPathValidator.getInstance("PKIX", CertificateSignatures.BOUNCY_CASTLE)
                    .validate(factory.generateCertPath(below), parameters);
            return Optional.empty();
        } catch (GeneralSecurityException | RuntimeException invalid) {
            return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, Finding.PATH_INVALID));
        }
    }

    private static X509Certificate converted(CertificateFactory factory, X509Certificate certificate)
            throws CertificateException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }

    /** Validity has a check of its own; here an expired path is judged at a moment when it was all valid, if any. */
    private static Instant withinValidity(CandidatePath path, Instant at) {
        Instant moment = at;
        for (X509Certificate certificate : path.belowAnchor()) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            moment = moment.isBefore(from) ? from : moment.isAfter(until) ? until : moment;
        }
        return moment;
    }
}
