package org.zegel.trust;

import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/** Which certificates a CRL speaks of: issuingDistributionPoint of RFC 5280 section 5.2.5. */
final class CrlScope {
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";

    private CrlScope() {}

    /** Indirect CRLs, CRLs for some reasons only and attribute certificates' CRLs cover nothing here. */
    static boolean covers(X509CRL crl, X509Certificate certificate) {
        byte @Nullable [] value = crl.getExtensionValue(ISSUING_DISTRIBUTION_POINT);
        if (value == null) {
            return true;
        }
        try {
            IssuingDistributionPoint point = IssuingDistributionPoint.getInstance(
                    ASN1OctetString.getInstance(value).getOctets());
            boolean authority = certificate.getBasicConstraints() >= 0;
            return !point.isIndirectCRL()
                    && !point.onlyContainsAttributeCerts()
                    && point.getOnlySomeReasons() == null
                    && !(point.onlyContainsUserCerts() && authority)
                    && !(point.onlyContainsCACerts() && !authority)
                    && (point.getDistributionPoint() == null || names(point.getDistributionPoint(), certificate));
        } catch (RuntimeException odd) {
            return false;
        }
    }

    /** Whether an entry's revocation cannot be taken back: all but a hold. */
    static boolean permanent(X509CRLEntry entry) {
        @Nullable CRLReason reason = entry.getRevocationReason();
        return reason != CRLReason.CERTIFICATE_HOLD && reason != CRLReason.REMOVE_FROM_CRL;
    }

    static boolean hasCriticalExtension(X509CRLEntry entry) {
        @Nullable Set<String> critical = entry.getCriticalExtensionOIDs();
        return critical != null && !critical.isEmpty();
    }

    private static boolean names(DistributionPointName ofCrl, X509Certificate certificate) {
        List<GeneralName> wanted = fullNames(ofCrl).toList();
        byte @Nullable [] value = certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS);
        if (value == null) {
            return false;
        }
        return Arrays.stream(CRLDistPoint.getInstance(
                                ASN1OctetString.getInstance(value).getOctets())
                        .getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(name -> name != null)
                .anyMatch(name -> name.equals(ofCrl) || fullNames(name).anyMatch(wanted::contains));
    }

    private static Stream<GeneralName> fullNames(DistributionPointName name) {
        return name.getType() == DistributionPointName.FULL_NAME
                ? Arrays.stream(GeneralNames.getInstance(name.getName()).getNames())
                : Stream.empty();
    }
}
