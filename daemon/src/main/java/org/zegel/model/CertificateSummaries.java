package org.zegel.model;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Makes the summary of a certificate that clients are shown. Never fails on an odd certificate. */
public final class CertificateSummaries {
    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    /** Attribute types that have a name beyond those of RFC 2253. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "1.2.840.113549.1.9.1", "EMAILADDRESS",
            "2.5.4.4", "SURNAME",
            "2.5.4.5", "SERIALNUMBER",
            "2.5.4.12", "TITLE",
            "2.5.4.42", "GIVENNAME",
            "2.5.4.97", "ORGANIZATIONIDENTIFIER");

    /** Most addresses and most extended key usages that are told of one certificate. */
    static final int MAX_LISTED = 50;

    private CertificateSummaries() {}

    public static CertificateSummary of(X509Certificate certificate) {
        @Nullable PublicKey key = certificate.getPublicKey();
        return new CertificateSummary(
                Fingerprint.sha256(certificate),
                name(certificate.getSubjectX500Principal()),
                name(certificate.getIssuerX500Principal()),
                DisplayText.of(certificate.getSerialNumber().toString(16)),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                CertificateAddresses.of(certificate).stream()
                        .limit(MAX_LISTED)
                        .map(address -> DisplayText.of(address.toString()))
                        .toList(),
                key == null ? "unknown" : keyAlgorithm(key),
                key == null ? 0 : keyBits(key),
                DisplayText.of(certificate.getSigAlgName()),
                keyUsage(certificate),
                extendedKeyUsage(certificate));
    }

    public static List<CertificateSummary> of(List<X509Certificate> certificates) {
        return certificates.stream().map(CertificateSummaries::of).toList();
    }

    /** Size of the key in bits, 0 where it cannot be told. */
    public static int keyBits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength();
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
            case DSAPublicKey dsa
            when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
            case EdECPublicKey edwards -> edwards.getParams().getName().equals("Ed448") ? 448 : 255;
            case XECPublicKey montgomery -> keyAlgorithm(montgomery).equals("X448") ? 448 : 255;
            default -> 0;
        };
    }

    private static String keyAlgorithm(PublicKey key) {
        return switch (key) {
            case EdECPublicKey edwards -> edwards.getParams().getName();
            case XECPublicKey montgomery
            when montgomery.getParams() instanceof NamedParameterSpec named -> named.getName();
            default -> DisplayText.of(key.getAlgorithm());
        };
    }

    private static String name(X500Principal name) {
        return DisplayText.of(name.getName(X500Principal.RFC2253, ATTRIBUTES));
    }

    private static List<String> keyUsage(X509Certificate certificate) {
        boolean @Nullable [] bits = certificate.getKeyUsage();
        List<String> names = new ArrayList<>();
        for (int i = 0; bits != null && i < Math.min(bits.length, KEY_USAGES.size()); i++) {
            if (bits[i]) {
                names.add(KEY_USAGES.get(i));
            }
        }
        return List.copyOf(names);
    }

    private static List<String> extendedKeyUsage(X509Certificate certificate) {
        try {
            @Nullable List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null
                    ? List.of()
                    : usages.stream().limit(MAX_LISTED).map(DisplayText::of).toList();
        } catch (GeneralSecurityException unreadable) {
            return List.of("unreadable");
        }
    }
}
