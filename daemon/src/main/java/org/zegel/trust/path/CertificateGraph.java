package org.zegel.trust.path;

import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who may have issued whom, by names. Each certificate knows how far the nearest anchor is, so that a search does not
 * walk into the many that lead nowhere. Takes time in proportion to the certificates, however they cross.
 */
final class CertificateGraph {
    private final Map<DistinguishedName, ArrayList<KnownCertificate>> bySubject;

    private CertificateGraph(Map<DistinguishedName, ArrayList<KnownCertificate>> bySubject) {
        this.bySubject = bySubject;
    }

    static CertificateGraph of(Collection<X509Certificate> anchors, Collection<X509Certificate> others, Instant at) {
        Set<X509Certificate> trusted = Set.copyOf(anchors);
        Map<X509Certificate, KnownCertificate> all = new LinkedHashMap<>();
        Names names = new Names();
        anchors.forEach(anchor -> all.computeIfAbsent(anchor, same -> names.known(same, true)));
        others.forEach(other -> all.computeIfAbsent(other, same -> names.known(same, trusted.contains(same))));
        CertificateGraph graph = new CertificateGraph(all.values().stream()
                .collect(Collectors.groupingBy(known -> known.subject, Collectors.toCollection(ArrayList::new))));
        graph.measure(all.values());
        Comparator<KnownCertificate> bestFirst = Comparator.comparing((KnownCertificate known) -> !known.anchor)
                .thenComparing(known -> !known.validAt(at))
                .thenComparing(known -> known.distance)
                .thenComparing(known -> known.encoded, Arrays::compare);
        graph.bySubject.values().forEach(sameName -> sameName.sort(bestFirst));
        return graph;
    }

    /** Certificates with the name of this one's issuer, the likeliest to be of use first. */
    List<KnownCertificate> issuersOf(KnownCertificate known) {
        return sameName(known.issuer);
    }

    /** This certificate as one of the graph, or beside it. */
    KnownCertificate known(X509Certificate certificate) {
        KnownCertificate fresh = new Names().known(certificate, false);
        for (KnownCertificate same : sameName(fresh.subject)) {
            if (same.certificate.equals(certificate)) {
                return same;
            }
        }
        int nearest = issuersOf(fresh).stream()
                .mapToInt(issuer -> issuer.distance)
                .min()
                .orElse(KnownCertificate.UNREACHABLE);
        fresh.distance = nearest == KnownCertificate.UNREACHABLE ? nearest : nearest + 1;
        return fresh;
    }

    private List<KnownCertificate> sameName(DistinguishedName name) {
        @Nullable List<KnownCertificate> found = bySubject.get(name);
        return found == null ? List.of() : found;
    }

    /** Each name is taken apart once. */
    private static final class Names {
        private final Map<ByteBuffer, DistinguishedName> read = new HashMap<>();

        KnownCertificate known(X509Certificate certificate, boolean anchor) {
            return new KnownCertificate(
                    certificate,
                    encoded(certificate),
                    anchor,
                    name(certificate.getSubjectX500Principal()),
                    name(certificate.getIssuerX500Principal()));
        }

        private DistinguishedName name(X500Principal name) {
            return read.computeIfAbsent(ByteBuffer.wrap(name.getEncoded()), _ -> DistinguishedName.of(name));
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException unwritable) {
            return new byte[0];
        }
    }

    /** Breadth first from the anchors down, each name once. */
    private void measure(Collection<KnownCertificate> all) {
        Map<DistinguishedName, List<KnownCertificate>> byIssuer = new HashMap<>();
        Deque<KnownCertificate> next = new ArrayDeque<>();
        for (KnownCertificate known : all) {
            byIssuer.computeIfAbsent(known.issuer, _ -> new ArrayList<>()).add(known);
            if (known.anchor) {
                known.distance = 0;
                next.add(known);
            }
        }
        while (!next.isEmpty()) {
            KnownCertificate issuer = next.remove();
            @Nullable List<KnownCertificate> issued = byIssuer.remove(issuer.subject);
            for (KnownCertificate each : issued == null ? List.<KnownCertificate>of() : issued) {
                if (each.distance == KnownCertificate.UNREACHABLE) {
                    each.distance = issuer.distance + 1;
                    next.add(each);
                }
            }
        }
    }
}
