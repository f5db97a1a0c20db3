package org.zegel.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and CRLs from files: PEM with anything around and between, DER, or PKCS#7 bundles. */
final class TrustFiles {
    /** Longest file; CRLs of large CAs are several megabytes. */
    static final int MAX_FILE = 32 << 20;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----", Pattern.DOTALL);

    private final Words words;
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<X509CRL> crls = new ArrayList<>();

    TrustFiles(Words words) {
        this.words = words;
    }

    List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    List<X509CRL> crls() {
        return List.copyOf(crls);
    }

    /** Reads a file, or every file of a folder; in a folder, files of other kinds are passed over aloud. */
    void readAll(Path path) throws CommandError {
        if (!Files.isDirectory(path)) {
            read(path);
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (Path file : files) {
                if (!parse(Input.bytes(file, MAX_FILE))) {
                    words.line(file + " holds no certificate and no CRL; passed over.");
                }
            }
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", "The folder " + path + " cannot be read.");
        }
    }

    void read(Path file) throws CommandError {
        if (!parse(Input.bytes(file, MAX_FILE))) {
            throw new CommandError(
                    "certificate-not-found", file + " holds no certificate and no CRL, neither as PEM nor as DER.");
        }
    }

    private boolean parse(byte[] bytes) {
        int before = certificates.size() + crls.size();
        Matcher blocks = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        boolean pem = false;
        while (blocks.find()) {
            pem = true;
            add(blocks.group(1), Base64.getMimeDecoder().decode(blocks.group(2)));
        }
        if (!pem) {
            addDer(bytes);
        }
        return certificates.size() + crls.size() > before;
    }

    private void add(String label, byte[] der) {
        try {
            switch (label) {
                case "CERTIFICATE", "X509 CERTIFICATE", "PKCS7", "CMS" -> addCertificates(der);
                case "X509 CRL" -> addCrl(der);
                default -> {
                    // Keys and parameters often lie beside a certificate; they are none of this call's business.
                }
            }
        } catch (GeneralSecurityException damaged) {
            words.line("A damaged " + label + " block was passed over.");
        }
    }

    private void addDer(byte[] der) {
        try {
            addCertificates(der);
        } catch (CertificateException notCertificates) {
            try {
                addCrl(der);
            } catch (GeneralSecurityException neither) {
                // The caller says that nothing was found.
                return;
            }
        }
    }

    private void addCertificates(byte[] der) throws CertificateException {
        for (Certificate each : factory().generateCertificates(new ByteArrayInputStream(der))) {
            certificates.add((X509Certificate) each);
        }
    }

    private void addCrl(byte[] der) throws CertificateException, CRLException {
        crls.add((X509CRL) factory().generateCRL(new ByteArrayInputStream(der)));
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
