package org.zegel.protocol;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;

/**
 * What a client is told of an identity that was used: its id, its store, its certificate ({@code der}) and a summary of
 * that.
 */
record IdentityJson(String identity, String store, boolean retired, CertificateSummary certificate, byte[] der) {
    private static final int RFC822_NAME = 1;
    private static final List<String> KEY_USAGE = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    /** Whether values of this type have this form on the wire. */
    static boolean applies(Class<?> type) {
        return type == Identity.class;
    }

    static IdentityJson of(Identity identity) {
        try {
            return new IdentityJson(
                    identity.id().value(),
                    identity.store().value(),
                    identity.retired(),
                    summary(identity.certificate()),
                    identity.certificate().getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The identity as far as a client is told: without its chain and uses. */
    Identity toIdentity() {
        try {
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new Identity(new IdentityId(identity), new StoreId(store), read, List.of(), Set.of(), retired);
        } catch (CertificateException notOne) {
            throw new IllegalArgumentException("no certificate", notOne);
        }
    }

    private static CertificateSummary summary(X509Certificate certificate) {
        try {
            return new CertificateSummary(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())),
                    clean(certificate.getSubjectX500Principal().getName()),
                    clean(certificate.getIssuerX500Principal().getName()),
                    certificate.getSerialNumber().toString(16),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    addresses(certificate),
                    certificate.getPublicKey().getAlgorithm(),
                    bits(certificate),
                    certificate.getSigAlgName(),
                    keyUsage(certificate),
                    extendedKeyUsage(certificate));
        } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> addresses(X509Certificate certificate) {
        List<String> addresses = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                names.stream()
                        .filter(name -> name.get(0) instanceof Integer kind && kind == RFC822_NAME)
                        .forEach(name -> addresses.add(clean(String.valueOf(name.get(1)))));
            }
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
        return addresses;
    }

    private static int bits(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize();
            default -> 0;
        };
    }

    private static List<String> keyUsage(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        List<String> names = new ArrayList<>();
        for (int i = 0; bits != null && i < Math.min(bits.length, KEY_USAGE.size()); i++) {
            if (bits[i]) {
                names.add(KEY_USAGE.get(i));
            }
        }
        return names;
    }

    private static List<String> extendedKeyUsage(X509Certificate certificate) {
        try {
            List<String> oids = certificate.getExtendedKeyUsage();
            return oids == null ? List.of() : oids;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
