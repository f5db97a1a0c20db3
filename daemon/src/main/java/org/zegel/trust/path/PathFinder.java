package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the paths from a leaf to the anchors by name and verified signature, best guesses first. Cross certificates
 * give several paths; a key never appears twice in one. Bounded in length, number, steps and signatures verified; what
 * is found does not depend on the order in which certificates are given.
 */
public final class PathFinder {
    /** Most certificates in a path, leaf and anchor included. */
    public static final int MAX_LENGTH = 12;
    /** Most complete paths looked at. */
    public static final int MAX_PATHS = 32;
    /** Most signatures verified in one search; those of costly keys count for several. */
    public static final int MAX_VERIFICATIONS = 128;
    /** Most certificates looked at in one search, each as often as the search comes by. */
    static final int MAX_STEPS = 100_000;

    private final CertificateGraph graph;
    private final List<CandidatePath> found = new ArrayList<>();
    private final Deque<KnownCertificate> path = new ArrayDeque<>();
    private final Map<Edge, Boolean> verified = new HashMap<>();
    private List<KnownCertificate> longest = List.of();
    private boolean badSignature;
    private boolean limited;
    private int steps;
    private int verifications;

    private PathFinder(CertificateGraph graph) {
        this.graph = graph;
    }

    private record Edge(KnownCertificate issued, KnownCertificate issuer) {}

    /**
     * What a search found.
     *
     * @param paths all end in an anchor
     * @param longest the longest path when none does
     * @param badSignature an issuer of the right name was there, but its key did not make the signature
     * @param limited the search was cut off
     */
    public record Outcome(List<CandidatePath> paths, CandidatePath longest, boolean badSignature, boolean limited) {}

    public static Outcome find(
            X509Certificate leaf, Collection<X509Certificate> anchors, Collection<X509Certificate> others, Instant at) {
        CertificateGraph graph = CertificateGraph.of(anchors, others, at);
        KnownCertificate start = graph.known(leaf);
        PathFinder finder = new PathFinder(graph);
        finder.path.addLast(start);
        finder.search(start, true);
        if (finder.found.isEmpty() && !finder.limited) {
            finder.search(start, false);
        }
        List<X509Certificate> longest = finder.longest.isEmpty() ? List.of(leaf) : certificates(finder.longest);
        return new Outcome(
                List.copyOf(finder.found), new CandidatePath(longest, false), finder.badSignature, finder.limited);
    }

    /** Goes up from here; {@code towardsAnchors} leaves out what, by names, leads to none. */
    private void search(KnownCertificate top, boolean towardsAnchors) {
        if (top.anchor) {
            anchored();
            return;
        }
        if (path.size() > longest.size()) {
            longest = List.copyOf(path);
        }
        for (boolean hinted : List.of(true, false)) {
            for (KnownCertificate issuer : graph.issuersOf(top)) {
                if (exhausted()) {
                    limited = true;
                    return;
                }
                steps++;
                if (top.looksIssuedBy(issuer) == hinted && worthTrying(issuer, towardsAnchors)) {
                    ascend(top, issuer, towardsAnchors);
                }
            }
        }
    }

    private void ascend(KnownCertificate top, KnownCertificate issuer, boolean towardsAnchors) {
        if (issuer.inheritsParameters() || signed(top, issuer)) {
            path.addLast(issuer);
            search(issuer, towardsAnchors);
            path.removeLast();
        } else {
            badSignature = true;
        }
    }

    private boolean worthTrying(KnownCertificate issuer, boolean towardsAnchors) {
        int room = MAX_LENGTH - path.size();
        return room > (towardsAnchors ? issuer.distance : 0) && path.stream().noneMatch(issuer::sameEntity);
    }

    private boolean exhausted() {
        return found.size() >= MAX_PATHS || verifications >= MAX_VERIFICATIONS || steps >= MAX_STEPS;
    }

    private boolean signed(KnownCertificate issued, KnownCertificate issuer) {
        return verified.computeIfAbsent(new Edge(issued, issuer), _ -> {
            verifications += issuer.cost();
            return CertificateSignatures.signedBy(issued.certificate, issuer.certificate);
        });
    }

    private void anchored() {
        CandidatePath complete = new CandidatePath(certificates(List.copyOf(path)), true);
        boolean inherits = path.stream().anyMatch(KnownCertificate::inheritsParameters);
        verifications +=
                inherits ? path.stream().mapToInt(KnownCertificate::cost).sum() : 0;
        if (!inherits || InheritedParameters.signaturesHold(complete)) {
            found.add(complete);
        } else {
            badSignature = true;
        }
    }

    private static List<X509Certificate> certificates(List<KnownCertificate> known) {
        return known.stream().map(each -> each.certificate).toList();
    }
}
