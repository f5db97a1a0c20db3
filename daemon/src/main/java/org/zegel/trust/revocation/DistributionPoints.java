package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/** Where a certificate says that its CRLs are (RFC 5280 section 4.2.1.13). */
final class DistributionPoints {
    /** Most points of one certificate that are looked at. */
    static final int MAX_POINTS = 16;

    private DistributionPoints() {}

    /**
     * One point.
     *
     * @param names as {@link Names} has them
     * @param crlIssuers who signs the CRL, where that is not the certificate's issuer
     */
    record Point(Set<String> names, List<String> urls, Set<X500Principal> crlIssuers, int reasons) {
        /** Whether a CRL of this issuer may be this point's (section 6.3.3 (b)(1)). */
        boolean isIssuedBy(Crl crl, X509Certificate certificate) {
            X500Principal own = certificate.getIssuerX500Principal();
            if (crlIssuers.isEmpty()) {
                return crl.issuer().equals(own);
            }
            return crlIssuers.contains(crl.issuer())
                    && (crl.isIndirect() || crl.issuer().equals(own));
        }

        /** Whether the CRL's issuingDistributionPoint lets it speak of the certificate here (section 6.3.3 (b)(2)). */
        boolean isCoveredBy(Crl crl, X509Certificate certificate) {
            @Nullable IssuingDistributionPoint scope = crl.scope();
            if (scope == null) {
                return true;
            }
            boolean authority = certificate.getBasicConstraints() >= 0;
            if (scope.onlyContainsAttributeCerts()
                    || (scope.onlyContainsUserCerts() && authority)
                    || (scope.onlyContainsCACerts() && !authority)) {
                return false;
            }
            if (scope.getDistributionPoint() == null) {
                return true;
            }
            Set<String> wanted = Names.of(scope.getDistributionPoint(), crl.issuer());
            return own().stream().anyMatch(wanted::contains);
        }

        /** Reasons that the CRL settles for this point (section 6.3.3 (d)). */
        int reasonsOf(Crl crl) {
            @Nullable IssuingDistributionPoint scope = crl.scope();
            return scope == null || scope.getOnlySomeReasons() == null
                    ? reasons
                    : reasons & Reasons.of(scope.getOnlySomeReasons());
        }

        private Set<String> own() {
            if (!names.isEmpty()) {
                return names;
            }
            Set<String> issuers = new LinkedHashSet<>();
            crlIssuers.stream().map(Names::directory).forEach(issuers::add);
            return issuers;
        }
    }

    /** Those of the certificate; empty when it names none or none that can be read. */
    static List<Point> of(X509Certificate certificate) {
        return points(certificate, Extension.cRLDistributionPoints.getId());
    }

    /** URLs of delta CRLs that the certificate names (section 4.2.1.15). */
    static List<String> freshest(X509Certificate certificate) {
        return points(certificate, Extension.freshestCRL.getId()).stream()
                .flatMap(point -> point.urls().stream())
                .toList();
    }

    /**
     * The point that is assumed for CRLs that no point names: the issuer's own names, every reason (section 6.3.3). A
     * certificate with points of its own may be in another part of its issuer's list than the one that a CRL of a named
     * point covers: for it only CRLs of no point count.
     */
    static Point assumed(X509Certificate certificate) {
        if (!of(certificate).isEmpty()) {
            return new Point(Set.of(), List.of(), Set.of(), Reasons.ALL);
        }
        Set<String> names = new LinkedHashSet<>();
        names.add(Names.directory(certificate.getIssuerX500Principal()));
        byte @Nullable [] alternatives = extension(certificate, Extension.issuerAlternativeName.getId());
        if (alternatives != null) {
            try {
                names.addAll(Names.of(GeneralNames.getInstance(alternatives)));
            } catch (RuntimeException malformed) {
                // Fewer names cover less, never more.
                names = Set.of(Names.directory(certificate.getIssuerX500Principal()));
            }
        }
        return new Point(names, List.of(), Set.of(), Reasons.ALL);
    }

    private static List<Point> points(X509Certificate certificate, String oid) {
        byte @Nullable [] value = extension(certificate, oid);
        List<Point> points = new ArrayList<>();
        try {
            if (value != null) {
                for (DistributionPoint point : CRLDistPoint.getInstance(value).getDistributionPoints()) {
                    if (points.size() < MAX_POINTS) {
                        points.add(point(point, certificate));
                    }
                }
            }
        } catch (RuntimeException malformed) {
            return points;
        }
        return points;
    }

    private static Point point(DistributionPoint point, X509Certificate certificate) {
        Set<X500Principal> issuers = new LinkedHashSet<>();
        if (point.getCRLIssuer() != null) {
            directoryNames(point.getCRLIssuer()).forEach(issuers::add);
        }
        X500Principal base = issuers.isEmpty()
                ? certificate.getIssuerX500Principal()
                : issuers.iterator().next();
        boolean named = point.getDistributionPoint() != null;
        return new Point(
                named ? Names.of(point.getDistributionPoint(), base) : Set.of(),
                named ? Names.urls(point.getDistributionPoint()).toList() : List.of(),
                issuers,
                Reasons.of(point.getReasons()));
    }

    private static Stream<X500Principal> directoryNames(GeneralNames names) {
        return Arrays.stream(names.getNames())
                .filter(name -> name.getTagNo() == GeneralName.directoryName)
                .map(name -> Names.principal(name.getName()));
    }

    static byte @Nullable [] extension(X509Certificate certificate, String oid) {
        byte @Nullable [] wrapped = certificate.getExtensionValue(oid);
        try {
            return wrapped == null ? null : ASN1OctetString.getInstance(wrapped).getOctets();
        } catch (RuntimeException malformed) {
            return null;
        }
    }
}
