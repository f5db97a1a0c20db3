package org.zegel.store.pkcs12;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.store.CertificateChains;

/** What was found in a key file so far: keys and certificates, put together at the end. */
final class Contents {
    /** Most keys, certificates and other entries in one file. */
    static final int MAX_ENTRIES = 1000;

    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final Set<X509Certificate> certificates = new LinkedHashSet<>();
    private @Nullable Failure unusable;
    private int entries;

    /** Counts one entry of the file. */
    void count() throws Failure {
        if (++entries > MAX_ENTRIES) {
            throw ImportProblem.TOO_LARGE.failure();
        }
    }

    /** Keys of types that mail does not use are passed over while the file has others. */
    void addKey(PrivateKeyInfo key) throws Failure {
        try {
            keys.put(PrivateKeys.fingerprint(key), PrivateKeys.encode(key));
        } catch (Failure refused) {
            if (!ImportProblem.UNKNOWN_ALGORITHM.is(refused)) {
                throw refused;
            }
            passOver(refused);
        }
    }

    /** Remembers why a part was not read, for the case that nothing else is found. */
    void passOver(Failure reason) {
        unusable = reason;
    }

    void addCertificate(byte[] der) throws Failure {
        try {
            certificates.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException malformed) {
            throw ImportProblem.DAMAGED.failure();
        }
    }

    /** Each certificate whose key is here, with its issuers. Wipes what is left over. */
    List<ImportedIdentity> identities() throws Failure {
        try {
            List<ImportedIdentity> found = new ArrayList<>();
            for (X509Certificate certificate : certificates) {
                byte[] key = keys.get(fingerprint(certificate));
                if (key != null) {
                    found.add(new ImportedIdentity(
                            key.clone(), certificate, CertificateChains.of(certificate, certificates)));
                }
            }
            if (found.isEmpty()) {
                throw whyEmpty();
            }
            return found;
        } finally {
            wipe();
        }
    }

    void wipe() {
        keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
        keys.clear();
    }

    private Failure whyEmpty() {
        if (!keys.isEmpty()) {
            return ImportProblem.KEY_CERTIFICATE_MISMATCH.failure();
        }
        return unusable != null ? unusable : ImportProblem.NO_PRIVATE_KEY.failure();
    }

    private static String fingerprint(X509Certificate certificate) {
        return PrivateKeys.fingerprint(
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()));
    }

    /** A certificate alone, in DER or BER. */
    static boolean isCertificate(byte[] file) {
        try {
            return org.bouncycastle.asn1.x509.Certificate.getInstance(
                            org.bouncycastle.asn1.ASN1Primitive.fromByteArray(file))
                    != null;
        } catch (IOException | RuntimeException no) {
            return false;
        }
    }
}
