package org.zegel.trust;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and CRLs of a file: PEM blocks in any number, one DER certificate, CRL or PKCS#7. What cannot be read is
 * counted and left out, so that one odd certificate does not take a system's whole bundle away.
 *
 * @param unreadable how many blocks could not be read
 */
public record CertificateBundle(List<X509Certificate> certificates, List<X509CRL> crls, int unreadable) {
    /** Largest bundle, in bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;
    /** Most certificates and CRLs in one bundle; what follows is not read. */
    public static final int MAX_ENTRIES = 5_000;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    public CertificateBundle {
        certificates = List.copyOf(certificates);
        crls = List.copyOf(crls);
    }

    /** @throws IllegalArgumentException when there are more than {@link #MAX_BYTES} */
    public static CertificateBundle read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("more than " + MAX_BYTES + " bytes");
        }
        Reader reader = new Reader();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN ")) {
            reader.any(bytes);
        }
        Matcher blocks = BLOCK.matcher(text);
        while (reader.hasRoom() && blocks.find()) {
            reader.block(blocks.group(1), blocks.group(2));
        }
        return new CertificateBundle(reader.certificates, reader.crls, reader.unreadable);
    }

    private static final class Reader {
        private final List<X509Certificate> certificates = new ArrayList<>();
        private final List<X509CRL> crls = new ArrayList<>();
        private int unreadable;

        boolean hasRoom() {
            return certificates.size() + crls.size() < MAX_ENTRIES;
        }

        void block(String label, String base64) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(base64);
                switch (label) {
                    case "CERTIFICATE", "X509 CERTIFICATE", "PKCS7", "CMS" -> certificates(der);
                    case "X509 CRL" -> crls(der);
                    default -> {}
                }
            } catch (GeneralSecurityException | RuntimeException odd) {
                unreadable++;
            }
        }

        void any(byte[] der) {
            try {
                certificates(der);
            } catch (GeneralSecurityException | RuntimeException notACertificate) {
                try {
                    crls(der);
                } catch (GeneralSecurityException | RuntimeException neither) {
                    unreadable++;
                }
            }
        }

        private void certificates(byte[] der) throws GeneralSecurityException {
            CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)).stream()
                    .map(X509Certificate.class::cast)
                    .limit(MAX_ENTRIES)
                    .forEach(certificates::add);
        }

        private void crls(byte[] der) throws GeneralSecurityException {
            CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(der)).stream()
                    .map(X509CRL.class::cast)
                    .limit(MAX_ENTRIES)
                    .forEach(crls::add);
        }
    }
}
