package org.zegel.trust;

import static java.util.stream.Collectors.groupingBy;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the paths from a leaf to the anchors by name and verified signature, best guesses first. Cross certificates
 * give several paths; a key never appears twice in one. Bounded in length, number and signatures verified.
 */
final class PathFinder {
    /** Most certificates in a path, leaf and anchor included. */
    static final int MAX_LENGTH = 12;
    /** Most complete paths looked at. */
    static final int MAX_PATHS = 16;
    /** Most signatures verified in one search. */
    static final int MAX_VERIFICATIONS = 128;

    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private final Set<X509Certificate> anchors;
    private final Map<X500Principal, List<X509Certificate>> bySubject;
    private final Instant at;
    private final List<CandidatePath> found = new ArrayList<>();
    private final Deque<X509Certificate> path = new ArrayDeque<>();
    private CandidatePath longest;
    private boolean badSignature;
    private int verifications;

    private PathFinder(
            X509Certificate leaf, Collection<X509Certificate> anchors, Collection<X509Certificate> others, Instant at) {
        this.anchors = new LinkedHashSet<>(anchors);
        this.at = at;
        this.longest = new CandidatePath(List.of(leaf), false);
        this.bySubject = Stream.concat(anchors.stream(), others.stream())
                .distinct()
                .collect(groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /**
     * What a search found.
     *
     * @param paths all end in an anchor
     * @param longest the longest path when none does
     * @param badSignature an issuer of the right name was there, but its key did not make the signature
     * @param limited the search was cut off
     */
    record Outcome(List<CandidatePath> paths, CandidatePath longest, boolean badSignature, boolean limited) {}

    static Outcome find(
            X509Certificate leaf, Collection<X509Certificate> anchors, Collection<X509Certificate> others, Instant at) {
        PathFinder finder = new PathFinder(leaf, anchors, others, at);
        finder.path.addLast(leaf);
        finder.search(leaf);
        return new Outcome(finder.found, finder.longest, finder.badSignature, finder.exhausted());
    }

    private void search(X509Certificate top) {
        if (anchors.contains(top)) {
            found.add(new CandidatePath(List.copyOf(path), true));
            return;
        }
        if (path.size() > longest.certificates().size()) {
            longest = new CandidatePath(List.copyOf(path), false);
        }
        for (X509Certificate issuer : issuers(top)) {
            if (exhausted() || path.size() >= MAX_LENGTH) {
                return;
            }
            verifications++;
            if (CertificateSignatures.signedBy(top, issuer)) {
                path.addLast(issuer);
                search(issuer);
                path.removeLast();
            } else {
                badSignature = true;
            }
        }
    }

    private boolean exhausted() {
        return found.size() >= MAX_PATHS || verifications >= MAX_VERIFICATIONS;
    }

    private List<X509Certificate> issuers(X509Certificate certificate) {
        byte @Nullable [] wanted = authorityKey(certificate);
        return bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .filter(issuer -> path.stream().noneMatch(used -> sameEntity(used, issuer)))
                .sorted(Comparator.comparing((X509Certificate issuer) -> !fits(wanted, subjectKey(issuer)))
                        .thenComparing(issuer -> !anchors.contains(issuer))
                        .thenComparing(issuer -> !validAt(issuer)))
                .toList();
    }

    private boolean validAt(X509Certificate issuer) {
        return !at.isBefore(issuer.getNotBefore().toInstant())
                && !at.isAfter(issuer.getNotAfter().toInstant());
    }

    /** The same name and key: walking through it again leads nowhere new. */
    private static boolean sameEntity(X509Certificate one, X509Certificate other) {
        try {
            return one.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                    && Arrays.equals(
                            one.getPublicKey().getEncoded(),
                            other.getPublicKey().getEncoded());
        } catch (RuntimeException unreadableKey) {
            return one.equals(other);
        }
    }

    private static boolean fits(byte @Nullable [] wanted, byte @Nullable [] offered) {
        return wanted == null || offered == null || Arrays.equals(wanted, offered);
    }

    private static byte @Nullable [] authorityKey(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
        try {
            return value == null
                    ? null
                    : AuthorityKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(value).getOctets())
                            .getKeyIdentifierOctets();
        } catch (RuntimeException odd) {
            return null;
        }
    }

    private static byte @Nullable [] subjectKey(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
        try {
            return value == null
                    ? null
                    : SubjectKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(value).getOctets())
                            .getKeyIdentifier();
        } catch (RuntimeException odd) {
            return null;
        }
    }
}
