package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.CertificateSignatures;

/**
 * Revocation by CRLs at hand (RFC 5280 section 6.3): complete, direct CRLs that the certificate's own issuer signed. A
 * certificate that says it is never revoked (noRevAvail, RFC 9608) counts as good.
 */
final class CrlRevocation {
    private static final String NO_REV_AVAIL = "2.5.29.56";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final int CRL_SIGN = 6;

    private final Collection<X509CRL> crls;
    private final Instant at;
    private final Set<Finding> findings = new LinkedHashSet<>();

    private CrlRevocation(Collection<X509CRL> crls, Instant at) {
        this.crls = crls;
        this.at = at;
    }

    /**
     * What the CRLs say of a whole path.
     *
     * @param leafRevoked the leaf itself is revoked, not only a CA above it
     */
    record Outcome(Revocation revocation, boolean leafRevoked, List<Finding> findings) {}

    static Outcome of(CandidatePath path, Collection<X509CRL> crls, Instant at) {
        CrlRevocation revocation = new CrlRevocation(crls, at);
        Revocation worst = Revocation.GOOD;
        Revocation leaf = Revocation.GOOD;
        List<X509Certificate> certificates = path.certificates();
        for (int i = 0; i < certificates.size() - 1; i++) {
            Revocation one = revocation.of(certificates.get(i), certificates.get(i + 1));
            leaf = i == 0 ? one : leaf;
            worst = gravity(one) > gravity(worst) ? one : worst;
        }
        return new Outcome(worst, leaf == Revocation.REVOKED, List.copyOf(revocation.findings));
    }

    private static int gravity(Revocation revocation) {
        return switch (revocation) {
            case GOOD -> 0;
            case NOT_CHECKED -> 1;
            case UNKNOWN -> 2;
            case REVOKED -> 3;
        };
    }

    private Revocation of(X509Certificate certificate, X509Certificate issuer) {
        // RFC 9608 section 4: the extension is for end entities only.
        if (certificate.getBasicConstraints() < 0 && certificate.getExtensionValue(NO_REV_AVAIL) != null) {
            return Revocation.GOOD;
        }
        Revocation result = Revocation.NOT_CHECKED;
        for (X509CRL crl : crls) {
            if (crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
                Revocation one = usable(crl, certificate, issuer) ? read(crl, certificate) : Revocation.UNKNOWN;
                if (one == Revocation.REVOKED) {
                    return one;
                }
                result = result == Revocation.GOOD ? result : one;
            }
        }
        return result;
    }

    /** Whether the CRL is authentic, understood, and speaks of this certificate; its time is another question. */
    private boolean usable(X509CRL crl, X509Certificate certificate, X509Certificate issuer) {
        if (!CertificateSignatures.signedBy(crl, issuer) || !maySign(issuer)) {
            findings.add(Finding.CRL_SIGNATURE_INVALID);
            return false;
        }
        if (!AlgorithmStrength.strong(crl)) {
            findings.add(Finding.CRL_ALGORITHM_WEAK);
            return false;
        }
        if (!understood(crl)) {
            findings.add(Finding.CRL_EXTENSION_UNKNOWN);
            return false;
        }
        return CrlScope.covers(crl, certificate);
    }

    private Revocation read(X509CRL crl, X509Certificate certificate) {
        Optional<X509CRLEntry> entry = Optional.ofNullable(crl.getRevokedCertificate(certificate.getSerialNumber()));
        Instant from = crl.getThisUpdate().toInstant();
        Instant until = crl.getNextUpdate() == null ? from : crl.getNextUpdate().toInstant();
        boolean current = !at.isBefore(from) && !at.isAfter(until);
        if (entry.isPresent()
                && !entry.get().getRevocationDate().toInstant().isAfter(at)
                && (current || CrlScope.permanent(entry.get()))) {
            // Also from a CRL of another time: what was revoked for good by then stays revoked.
            return Revocation.REVOKED;
        }
        if (!current) {
            findings.add(at.isBefore(from) ? Finding.CRL_NOT_YET_VALID : Finding.CRL_EXPIRED);
            return Revocation.UNKNOWN;
        }
        return Revocation.GOOD;
    }

    private static boolean understood(X509CRL crl) {
        @Nullable Set<String> critical = crl.getCriticalExtensionOIDs();
        if (critical != null && !Set.of(ISSUING_DISTRIBUTION_POINT).containsAll(critical)) {
            return false;
        }
        @Nullable Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
        return entries == null || entries.stream().noneMatch(CrlScope::hasCriticalExtension);
    }

    private static boolean maySign(X509Certificate issuer) {
        boolean @Nullable [] usage = issuer.getKeyUsage();
        return usage == null || (CRL_SIGN < usage.length && usage[CRL_SIGN]);
    }
}
