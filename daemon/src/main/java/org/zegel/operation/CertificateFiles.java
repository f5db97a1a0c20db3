package org.zegel.operation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zegel.content.Content;
import org.zegel.model.Failure;

/** Reads certificates from what a client sends: DER, PEM, or a PKCS#7 bundle of either form. */
public final class CertificateFiles {
    /** Largest file that is read, in bytes. */
    public static final int MAX_FILE = 1 << 20;

    /** Most certificates in one file. */
    public static final int MAX_CERTIFICATES = 1000;

    private static final Pattern PEM_BLOCK = Pattern.compile(
            "-----BEGIN (?:X509 |TRUSTED )?(CERTIFICATE|PKCS7|CMS)-----[\\s\\S]*?-----END [A-Z0-9 ]{1,24}-----");

    private CertificateFiles() {}

    /**
     * All certificates in the content, in order; at least one. Other PEM blocks, such as private keys, are passed over.
     *
     * @throws Failure {@code CONTENT_TOO_LARGE}, or {@code IMPORT_FAILED} where there is no certificate
     */
    public static List<X509Certificate> read(Content content) throws Failure, IOException {
        if (content.size() > MAX_FILE) {
            throw new Failure(
                    Failure.Kind.CONTENT_TOO_LARGE, "A certificate file holds at most " + MAX_FILE + " bytes.");
        }
        byte[] bytes = content.bytes(MAX_FILE);
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (text.contains("-----BEGIN ")) {
                for (Matcher block = PEM_BLOCK.matcher(text); block.find(); ) {
                    add(certificates, block.group().getBytes(StandardCharsets.ISO_8859_1));
                }
            } else {
                add(certificates, bytes);
            }
        } catch (CertificateException unreadable) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED,
                    "This is not an X.509 certificate in PEM, DER or PKCS#7 form, or it is damaged.",
                    unreadable);
        }
        if (certificates.isEmpty()) {
            throw new Failure(
                    Failure.Kind.IMPORT_FAILED, "There is no certificate in this file. Give one in PEM or DER form.");
        }
        return certificates;
    }

    private static void add(List<X509Certificate> found, byte[] bytes) throws CertificateException, Failure {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
            if (found.size() == MAX_CERTIFICATES) {
                throw new Failure(
                        Failure.Kind.CONTENT_TOO_LARGE,
                        "A certificate file holds at most " + MAX_CERTIFICATES + " certificates.");
            }
            found.add((X509Certificate) certificate);
        }
    }
}
