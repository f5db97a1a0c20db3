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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Sha256;
import org.zegel.store.CertificateChains;

/**
 * The certificates of a key file in the clear beside it, so that listing needs no passphrase: PEM, the person's own ones
 * under a label of their own. It decides nothing: the key file does, and the index is made again when they differ.
 */
final class CertificateIndex {
    private static final String OWN = "IDENTITY CERTIFICATE";
    private static final String ISSUER = "CERTIFICATE";

    /** A field of a block that was written in the middle of a change. */
    private static final String KEY_FILE = "Key-File";

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

        /** Issuers of one of the own certificates, nearest first; own ones may be issuers too. */
        List<X509Certificate> chainOf(X509Certificate certificate) {
            List<X509Certificate> pool = new ArrayList<>(issuers);
            pool.addAll(own);
            return CertificateChains.of(certificate, pool);
        }
    }

    /** @param of SHA-256 of the key files that it is in; empty: of any */
    private record Line(boolean own, X509Certificate certificate, Set<String> of) {}

    private record Cached(byte[] bytes, List<Line> lines) {}

    private final SafeFile file;
    private volatile @Nullable Cached cached;

    CertificateIndex(SafeFile file) {
        this.file = file;
    }

    /** What the index says of this key file; empty where it is missing or unreadable. */
    Optional<Listing> read(SafeFile keys) throws Failure {
        Optional<List<Line>> lines = lines();
        return lines.isEmpty() ? Optional.empty() : Optional.of(listing(lines.get(), keys));
    }

    private Optional<List<Line>> lines() throws Failure {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Cached last = cached;
        if (last != null && Arrays.equals(last.bytes(), bytes.get())) {
            return Optional.of(last.lines());
        }
        Optional<List<Line>> parsed = parse(bytes.get());
        parsed.ifPresent(lines -> cached = new Cached(bytes.get(), lines));
        return parsed;
    }

    /** All of it, unless it was written in the middle of a change and says which are in this very file. */
    private static Listing listing(List<Line> lines, SafeFile keys) throws Failure {
        String present = "";
        if (lines.stream().anyMatch(line -> !line.of().isEmpty())) {
            present = Sha256.hex(keys.read().orElse(new byte[0]));
        }
        String digest = present;
        boolean known = lines.stream().anyMatch(line -> line.of().contains(digest));
        List<Line> valid = lines.stream()
                .filter(line -> !known || line.of().isEmpty() || line.of().contains(digest))
                .toList();
        return new Listing(certificates(valid, true), certificates(valid, false));
    }

    private static List<X509Certificate> certificates(List<Line> lines, boolean own) {
        return lines.stream()
                .filter(line -> line.own() == own)
                .map(Line::certificate)
                .toList();
    }

    /** Says what the key file holds. */
    void write(Listing listing) throws Failure {
        Map<Block, Set<String>> blocks = new LinkedHashMap<>();
        add(blocks, listing, Set.of());
        write(blocks);
    }

    /** Says what the key file holds before and after a change that is about to be made. */
    void write(byte[] before, Listing then, byte[] after, Listing next) throws Failure {
        Map<Block, Set<String>> blocks = new LinkedHashMap<>();
        add(blocks, then, Set.of(Sha256.hex(before)));
        add(blocks, next, Set.of(Sha256.hex(after)));
        write(blocks);
    }

    private record Block(String label, X509Certificate certificate) {}

    private static void add(Map<Block, Set<String>> blocks, Listing listing, Set<String> of) {
        listing.own()
                .forEach(one -> blocks.computeIfAbsent(new Block(OWN, one), key -> new TreeSet<>())
                        .addAll(of));
        listing.issuers()
                .forEach(one -> blocks.computeIfAbsent(new Block(ISSUER, one), key -> new TreeSet<>())
                        .addAll(of));
    }

    private void write(Map<Block, Set<String>> blocks) throws Failure {
        StringBuilder pem = new StringBuilder();
        blocks.forEach((block, of) -> append(pem, block, of));
        byte[] bytes = pem.toString().getBytes(StandardCharsets.US_ASCII);
        if (!file.read().filter(there -> Arrays.equals(there, bytes)).isPresent()) {
            file.replace(bytes);
        }
    }

    void delete() throws Failure {
        file.delete();
    }

    private static void append(StringBuilder pem, Block block, Set<String> of) {
        try {
            byte[] lineEnd = {'\n'};
            pem.append("-----BEGIN ").append(block.label()).append("-----\n");
            if (!of.isEmpty()) {
                pem.append(KEY_FILE).append(": ").append(String.join(" ", of)).append("\n\n");
            }
            pem.append(Base64.getMimeEncoder(64, lineEnd)
                    .encodeToString(block.certificate().getEncoded()));
            pem.append("\n-----END ").append(block.label()).append("-----\n");
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<List<Line>> parse(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(new String(bytes, StandardCharsets.US_ASCII)))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                X509Certificate certificate =
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(next.getContent()));
                lines.add(new Line(next.getType().equals(OWN), certificate, keyFiles(next)));
            }
            return lines.stream().anyMatch(Line::own) ? Optional.of(lines) : Optional.empty();
        } catch (IOException | CertificateException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static Set<String> keyFiles(PemObject block) {
        Set<String> digests = new HashSet<>();
        for (Object one : block.getHeaders()) {
            PemHeader header = (PemHeader) one;
            if (header.getName().equals(KEY_FILE)) {
                digests.addAll(List.of(header.getValue().trim().split(" ")));
            }
        }
        return digests;
    }
}
