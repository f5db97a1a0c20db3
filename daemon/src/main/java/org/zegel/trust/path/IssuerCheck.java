package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** The CAs below the anchor may issue: basicConstraints, path length and keyCertSign (RFC 5280 section 6.1.4). */
public final class IssuerCheck implements PathCheck {
    private static final int KEY_CERT_SIGN = 5;
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        if (path.certificates().size() > 1 && !anchorMayIssue(path.last())) {
            return notAllowed(Finding.ISSUER_NOT_A_CA);
        }
        int below = 0;
        for (X509Certificate issuer : path.intermediates()) {
            if (issuer.getVersion() != 3 || issuer.getBasicConstraints() < 0) {
                return notAllowed(Finding.ISSUER_NOT_A_CA);
            }
            if (below > issuer.getBasicConstraints()) {
                return notAllowed(Finding.PATH_TOO_LONG);
            }
            if (!mayIssue(issuer)) {
                return notAllowed(Finding.ISSUER_KEY_USAGE);
            }
            below += CertificateSignatures.selfIssued(issuer) ? 0 : 1;
        }
        return anchorLength(path, below);
    }

    /** An anchor's own path length is honoured too, as other validators do (RFC 5937). */
    private static Optional<Shortfall> anchorLength(CandidatePath path, int below) {
        int limit = path.last().getBasicConstraints();
        boolean limited = path.certificates().size() > 1 && limit >= 0;
        return limited && below > limit ? notAllowed(Finding.PATH_TOO_LONG) : Optional.empty();
    }

    /** A certificate that somebody trusts for itself is no CA; old roots, of before basicConstraints, are. */
    private static boolean anchorMayIssue(X509Certificate anchor) {
        boolean saysSo = anchor.getVersion() < 3 || anchor.getBasicConstraints() >= 0;
        boolean signsCertificates = anchor.getExtensionValue(BASIC_CONSTRAINTS) == null && anchor.getKeyUsage() != null;
        return mayIssue(anchor) && (saysSo || signsCertificates);
    }

    private static boolean mayIssue(X509Certificate issuer) {
        boolean @Nullable [] usage = issuer.getKeyUsage();
        return usage == null || (usage.length > KEY_CERT_SIGN && usage[KEY_CERT_SIGN]);
    }

    private static Optional<Shortfall> notAllowed(Finding reason) {
        return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, reason));
    }
}
