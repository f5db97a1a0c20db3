package org.zegel.trust.revocation;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.network.FetchSession;

/** One question being answered: what it is answered with, and what has been read of the data at hand. */
final class PathEvaluation {
    /** How deep signers of revocation data are checked whose own revocation data has other signers. */
    static final int MAX_DEPTH = 3;
    /** Most CRLs read of those at hand; a person may have a folder of them. */
    static final int MAX_CRLS = 2_000;

    /** Most signatures of revocation data that are verified for one path. */
    static final int MAX_VERIFICATIONS = 256;

    private final RevocationQuestion question;
    private final Tools tools;
    private final List<Crl> named;
    private final List<Crl> carried;
    private final AtomicInteger verifications = new AtomicInteger();

    PathEvaluation(RevocationQuestion question, Tools tools) {
        this.question = question;
        this.tools = tools;
        this.named = read(question.data().named());
        this.carried = read(question.data().carried());
    }

    /** What checking needs from outside. */
    record Tools(RevocationPolicy policy, FetchSession fetches, SignatureStrength strength, CrlIssuerPaths issuers) {}

    /**
     * How a certificate came to be checked.
     *
     * @param visited those whose check this one is part of: none of them vouches for itself
     * @param ocsp whether responders are asked; not for responders themselves
     */
    record Trail(Set<X509Certificate> visited, boolean ocsp) {
        static final Trail START = new Trail(Set.of(), true);

        boolean isFull() {
            return visited.size() >= MAX_DEPTH;
        }

        Trail with(X509Certificate certificate) {
            Set<X509Certificate> more = new HashSet<>(visited);
            more.add(certificate);
            return new Trail(Set.copyOf(more), ocsp);
        }

        Trail withoutOcsp() {
            return new Trail(visited, false);
        }
    }

    RevocationQuestion question() {
        return question;
    }

    Tools tools() {
        return tools;
    }

    TimeRules time() {
        return new TimeRules(question.at(), question.now(), tools.policy().clockSkew());
    }

    /** Whether one more signature may be verified: a message may carry many CRLs and many namesakes of their issuer. */
    boolean mayVerify() {
        return verifications.incrementAndGet() <= MAX_VERIFICATIONS;
    }

    List<Crl> named() {
        return named;
    }

    List<Crl> atHand() {
        return Stream.concat(named.stream(), carried.stream()).toList();
    }

    /** Whether anything may be fetched for this question. */
    boolean fetches() {
        return question.fetches() && tools.policy().failure() != RevocationPolicy.Failure.OFF;
    }

    /** The state of one certificate of a path, the anchor excepted. */
    CertificateStatus of(List<X509Certificate> path, int index, Trail trail) {
        X509Certificate certificate = path.get(index);
        try {
            return new CertificateCheck(
                            this, certificate, path.subList(index + 1, path.size()), trail.with(certificate))
                    .check();
        } catch (StackOverflowError tooDeep) {
            // ASN.1 in ASN.1 a thousand times over: nothing that any CA makes.
            return CertificateStatus.unknown(Finding.CRL_MALFORMED);
        }
    }

    /** Whether no certificate of the path is revoked or unknown, and none is one whose check needs this answer. */
    boolean allGood(List<X509Certificate> path, Trail trail) {
        for (int i = 0; i < path.size() - 1; i++) {
            if (trail.visited().contains(path.get(i)) || of(path, i, trail).revocation() != Revocation.GOOD) {
                return false;
            }
        }
        return true;
    }

    private static List<Crl> read(Collection<X509CRL> crls) {
        return crls.stream()
                .limit(MAX_CRLS)
                .flatMap(crl -> {
                    try {
                        return Crl.read(crl.getEncoded()).stream();
                    } catch (CRLException unreadable) {
                        return Stream.empty();
                    }
                })
                .toList();
    }
}
