package org.zegel.store.pkcs12;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/**
 * The certificates of a key file in the clear beside it, so that listing needs no passphrase: PEM, the person's own ones
 * under a label of their own. It decides nothing: the key file does, and the index is made again when they differ.
 */
final class CertificateIndex {
    private static final String OWN = "IDENTITY CERTIFICATE";
    private static final String ISSUER = "CERTIFICATE";

    /** The person's own certificates and those of issuers. */
    record Listing(List<X509Certificate> own, List<X509Certificate> issuers) {
        Listing {
            own = List.copyOf(own);
            issuers = List.copyOf(issuers);
        }

        static Listing of(Collection<ImportedIdentity> identities) {
            Set<X509Certificate> own = new LinkedHashSet<>();
            Set<X509Certificate> issuers = new LinkedHashSet<>();
            for (ImportedIdentity identity : identities) {
                own.add(identity.certificate());
                issuers.addAll(identity.chain());
            }
            issuers.removeAll(own);
            return new Listing(List.copyOf(own), List.copyOf(issuers));
        }

        /** Everything that is in either. */
        Listing with(Listing other) {
            Set<X509Certificate> bothOwn = new LinkedHashSet<>(own);
            bothOwn.addAll(other.own);
            Set<X509Certificate> bothIssuers = new LinkedHashSet<>(issuers);
            bothIssuers.addAll(other.issuers);
            bothIssuers.removeAll(bothOwn);
            return new Listing(List.copyOf(bothOwn), List.copyOf(bothIssuers));
        }

        /** Issuers of one of the own certificates, nearest first; own ones may be issuers too. */
        List<X509Certificate> chainOf(X509Certificate certificate) {
            List<X509Certificate> pool = new ArrayList<>(issuers);
            pool.addAll(own);
            return CertificateChains.of(certificate, pool);
        }
    }

    private record Cached(byte[] bytes, Listing listing) {}

    private final SafeFile file;
    private volatile @Nullable Cached cached;

    CertificateIndex(SafeFile file) {
        this.file = file;
    }

    /** What the index says; empty where it is missing or unreadable. */
    Optional<Listing> read() throws Failure {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Cached last = cached;
        if (last != null && Arrays.equals(last.bytes(), bytes.get())) {
            return Optional.of(last.listing());
        }
        Optional<Listing> parsed = parse(bytes.get());
        parsed.ifPresent(listing -> cached = new Cached(bytes.get(), listing));
        return parsed;
    }

    void write(Listing listing) throws Failure {
        if (read().filter(listing::equals).isPresent()) {
            return;
        }
        StringBuilder pem = new StringBuilder();
        listing.own().forEach(certificate -> append(pem, OWN, certificate));
        listing.issuers().forEach(certificate -> append(pem, ISSUER, certificate));
        file.replace(pem.toString().getBytes(StandardCharsets.US_ASCII));
    }

    void delete() throws Failure {
        file.delete();
    }

    private static void append(StringBuilder pem, String label, X509Certificate certificate) {
        try {
            byte[] lineEnd = {'\n'};
            pem.append("-----BEGIN ").append(label).append("-----\n");
            pem.append(Base64.getMimeEncoder(64, lineEnd).encodeToString(certificate.getEncoded()));
            pem.append("\n-----END ").append(label).append("-----\n");
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Listing> parse(byte[] bytes) {
        List<X509Certificate> own = new ArrayList<>();
        List<X509Certificate> issuers = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(new String(bytes, StandardCharsets.US_ASCII)))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                X509Certificate certificate =
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(next.getContent()));
                (next.getType().equals(OWN) ? own : issuers).add(certificate);
            }
            return own.isEmpty() ? Optional.empty() : Optional.of(new Listing(own, issuers));
        } catch (IOException | CertificateException | RuntimeException damaged) {
            return Optional.empty();
        }
    }
}
