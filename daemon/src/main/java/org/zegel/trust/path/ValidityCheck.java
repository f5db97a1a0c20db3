package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** Every certificate of the path, the anchor included, is valid at the moment asked about (RFC 5280 section 4.1.2.5). */
public final class ValidityCheck implements PathCheck {
    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        for (X509Certificate certificate : path.certificates()) {
            boolean leaf = certificate.equals(path.leaf());
            if (question.at().isAfter(certificate.getNotAfter().toInstant())) {
                return Optional.of(new Shortfall(
                        ChainStatus.EXPIRED, leaf ? Finding.CERTIFICATE_EXPIRED : Finding.ISSUER_EXPIRED));
            }
            if (question.at().isBefore(certificate.getNotBefore().toInstant())) {
                return Optional.of(new Shortfall(
                        ChainStatus.NOT_YET_VALID,
                        leaf ? Finding.CERTIFICATE_NOT_YET_VALID : Finding.ISSUER_NOT_YET_VALID));
            }
        }
        return Optional.empty();
    }
}
