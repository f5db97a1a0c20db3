package org.zegel.trust.revocation;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/**
 * What CRLs say of one certificate: the algorithm of RFC 5280 section 6.3.3 over CRLs at hand, complete and delta, direct
 * and indirect, for some reasons or for all. What an authentic CRL of any time revokes for good stays revoked.
 */
final class CrlCheck {
    /** Most CRLs of the right issuers looked at for one certificate. */
    static final int MAX_CRLS = 64;

    private final X509Certificate certificate;
    private final CrlSigners signers;
    private final TimeRules time;
    private final List<DistributionPoints.Point> points;
    private final List<Crl> complete;
    private final List<Crl> deltas;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Crl> authentic = new LinkedHashSet<>();
    private int settled = Reasons.NONE;
    private boolean spoken;
    private boolean revokedLater;
    private @Nullable CrlEntry revoked;

    CrlCheck(X509Certificate certificate, CrlSigners signers, TimeRules time, Collection<Crl> crls) {
        this.certificate = certificate;
        this.signers = signers;
        this.time = time;
        this.points = new ArrayList<>(DistributionPoints.of(certificate));
        points.add(DistributionPoints.assumed(certificate));
        List<Crl> newestFirst = crls.stream()
                .filter(crl -> points.stream().anyMatch(point -> point.isIssuedBy(crl, certificate)))
                .sorted(Comparator.comparing(Crl::thisUpdate).reversed())
                .limit(MAX_CRLS)
                .toList();
        this.complete = newestFirst.stream().filter(crl -> !crl.isDelta()).toList();
        this.deltas = newestFirst.stream().filter(Crl::isDelta).toList();
    }

    CertificateStatus check() {
        for (DistributionPoints.Point point : points) {
            for (Crl crl : complete) {
                consider(point, crl);
            }
        }
        if (revoked != null) {
            return revoked.onHold()
                    ? CertificateStatus.revoked(Finding.CERTIFICATE_ON_HOLD)
                    : CertificateStatus.revoked();
        }
        if (settled == Reasons.ALL) {
            return new CertificateStatus(Revocation.GOOD, revokedLater ? Set.of(Finding.REVOKED_LATER) : Set.of());
        }
        if (settled != Reasons.NONE) {
            findings.add(Finding.CRL_REASONS_INCOMPLETE);
        }
        return spoken ? new CertificateStatus(Revocation.UNKNOWN, findings) : CertificateStatus.NOT_CHECKED;
    }

    /** CRLs whose signature proved good, whatever they say. */
    Set<Crl> authentic() {
        return authentic;
    }

    private void consider(DistributionPoints.Point point, Crl crl) {
        if (!point.isIssuedBy(crl, certificate)) {
            return;
        }
        spoken = true;
        try {
            if (!point.isCoveredBy(crl, certificate)) {
                findings.add(Finding.CRL_NOT_COVERING);
            } else if (isUsable(crl)) {
                read(crl, point.reasonsOf(crl));
            }
        } catch (RuntimeException malformed) {
            findings.add(Finding.CRL_MALFORMED);
        }
    }

    private boolean isUsable(Crl crl) {
        CrlSigners.Result signer = signers.of(crl);
        if (signer.signer() == null) {
            findings.add(signer.why());
            return false;
        }
        authentic.add(crl);
        if (!crl.understood() || !crl.find(certificate).understood()) {
            findings.add(Finding.CRL_EXTENSION_UNKNOWN);
            return false;
        }
        return true;
    }

    private void read(Crl crl, int reasons) {
        @Nullable CrlEntry entry = crl.find(certificate).entry();
        if (entry != null && entry.permanent() && inEffect(entry)) {
            revoked = entry;
            return;
        }
        TimeRules.Timeliness timeliness = timeliness(crl);
        Optional<Crl> delta = delta(crl);
        // An old list with a current delta is a current list (section 5.2.4).
        if (timeliness != TimeRules.Timeliness.USABLE
                && !(timeliness == TimeRules.Timeliness.EXPIRED && delta.isPresent())) {
            findings.add(finding(timeliness));
            return;
        }
        @Nullable
        CrlEntry changed = delta.isPresent() ? delta.get().find(certificate).entry() : null;
        apply(changed == null ? entry : changed);
        settled |= reasons;
    }

    private void apply(@Nullable CrlEntry entry) {
        if (entry == null || entry.removed()) {
            return;
        }
        if (inEffect(entry)) {
            revoked = revoked == null ? entry : revoked;
        } else {
            revokedLater = true;
        }
    }

    private boolean inEffect(CrlEntry entry) {
        return time.inEffect(entry.revokedAt(), entry.invalidSince());
    }

    /** The newest delta that may be laid over the list (section 5.2.4 and 6.3.3 (c) and (h)). */
    private Optional<Crl> delta(Crl base) {
        return deltas.stream()
                .filter(delta -> delta.issuer().equals(base.issuer())
                        && delta.sameExtension(base, Extension.issuingDistributionPoint.getId())
                        && delta.sameExtension(base, Extension.authorityKeyIdentifier.getId())
                        && follows(delta, base)
                        && timeliness(delta) == TimeRules.Timeliness.USABLE
                        && isUsable(delta)
                        && signers.of(delta).equals(signers.of(base)))
                .findFirst();
    }

    private static boolean follows(Crl delta, Crl base) {
        Optional<BigInteger> number = base.number();
        Optional<BigInteger> from = delta.baseNumber();
        Optional<BigInteger> to = delta.number();
        return number.isPresent()
                && from.isPresent()
                && to.isPresent()
                && from.get().compareTo(number.get()) <= 0
                && to.get().compareTo(number.get()) >= 0;
    }

    private TimeRules.Timeliness timeliness(Crl crl) {
        return time.of(crl.thisUpdate(), crl.nextUpdate(), certificate, crl.keepsExpiredSince());
    }

    private static Finding finding(TimeRules.Timeliness timeliness) {
        return switch (timeliness) {
            case NOT_YET_VALID -> Finding.CRL_NOT_YET_VALID;
            case EXPIRED, USABLE -> Finding.CRL_EXPIRED;
            case TOO_LATE -> Finding.REVOCATION_AFTER_EXPIRY;
        };
    }
}
