package org.zegel.trust.network;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.zegel.trust.path.CertificateSignatures;
import org.zegel.trust.path.IssuerSource;

/**
 * Issuers' certificates from where a certificate says they are (authorityInfoAccess, RFC 5280 section 4.2.2.1): one
 * certificate in DER, or several in a certs-only PKCS#7; PEM is put up with. Kept for a day when one of them has made
 * the certificate's signature.
 */
public final class FetchedIssuers implements IssuerSource {
    /** Most URLs of one certificate that are tried. */
    static final int MAX_URLS = 3;
    /** Most certificates taken from one answer. */
    static final int MAX_CERTIFICATES = 16;
    /** How long issuers are kept. */
    static final Duration KEPT = Duration.ofDays(1);

    private final FetchSession fetches;

    public FetchedIssuers(FetchSession fetches) {
        this.fetches = fetches;
    }

    @Override
    public List<X509Certificate> issuersOf(X509Certificate certificate) {
        if (!fetches.fetchesIssuers()) {
            return List.of();
        }
        for (String url : urls(certificate)) {
            Optional<FetchRequest> request =
                    FetchRequest.parse(url).map(uri -> FetchRequest.get(FetchRequest.Kind.CERTIFICATES, uri));
            if (request.isPresent() && fetches.fetch(request.get()) instanceof FetchResult.Fetched got) {
                List<X509Certificate> issuers = read(got.bytes(), certificate);
                if (!issuers.isEmpty()) {
                    if (!got.cached() && issuers.stream().anyMatch(one -> made(one, certificate))) {
                        fetches.keep(request.get(), got.bytes(), KEPT);
                    }
                    return issuers;
                }
            }
        }
        return List.of();
    }

    /** Nothing unless one of them is named as the issuer: whatever else is there is not what was promised. */
    private static List<X509Certificate> read(byte[] bytes, X509Certificate certificate) {
        try {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .limit(MAX_CERTIFICATES)
                            .toList();
            boolean issued = all.stream()
                    .anyMatch(one -> one.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
            return issued ? all : List.of();
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private static boolean made(X509Certificate issuer, X509Certificate certificate) {
        return CertificateSignatures.signedBy(certificate, issuer);
    }

    private static List<String> urls(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        try {
            return value == null
                    ? List.of()
                    : Arrays.stream(AuthorityInformationAccess.getInstance(
                                            ASN1OctetString.getInstance(value).getOctets())
                                    .getAccessDescriptions())
                            .filter(access -> access.getAccessMethod().equals(AccessDescription.id_ad_caIssuers))
                            .map(AccessDescription::getAccessLocation)
                            .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                            .map(name -> name.getName().toString())
                            .limit(MAX_URLS)
                            .toList();
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }
}
