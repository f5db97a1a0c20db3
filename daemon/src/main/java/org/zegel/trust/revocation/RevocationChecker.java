package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.network.FetchSession;

/**
 * Answers whether a path has been revoked. Every certificate below the anchor is checked, at the same time where that
 * means waiting for the network. Odd data is a reason in the answer, never an exception.
 */
public final class RevocationChecker {
    private final PathEvaluation.Tools tools;

    /** @param fetches those of the message that is judged */
    public RevocationChecker(
            RevocationPolicy policy, FetchSession fetches, SignatureStrength strength, CrlIssuerPaths issuers) {
        this.tools = new PathEvaluation.Tools(policy, fetches, strength, issuers);
    }

    /** The worst of the path; reasons are told of what could not be settled. */
    public RevocationOutcome check(RevocationQuestion question) {
        PathEvaluation evaluation = new PathEvaluation(question, tools);
        List<CertificateStatus> all = evaluation.fetches() && tools.fetches().online()
                ? together(evaluation)
                : IntStream.range(0, question.path().size() - 1)
                        .mapToObj(i -> evaluation.of(question.path(), i, PathEvaluation.Trail.START))
                        .toList();
        return outcome(all);
    }

    private static List<CertificateStatus> together(PathEvaluation evaluation) {
        List<X509Certificate> path = evaluation.question().path();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CertificateStatus>> asked = IntStream.range(0, path.size() - 1)
                    .mapToObj(i -> threads.submit(() -> evaluation.of(path, i, PathEvaluation.Trail.START)))
                    .toList();
            List<CertificateStatus> all = new ArrayList<>();
            for (Future<CertificateStatus> one : asked) {
                all.add(one.get());
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(CertificateStatus.NOT_CHECKED);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static RevocationOutcome outcome(List<CertificateStatus> all) {
        Revocation worst = Revocation.GOOD;
        Set<Finding> findings = new LinkedHashSet<>();
        for (CertificateStatus status : all) {
            worst = gravity(status.revocation()) > gravity(worst) ? status.revocation() : worst;
            findings.addAll(status.findings());
        }
        return new RevocationOutcome(worst, !all.isEmpty() && all.getFirst().isRevoked(), List.copyOf(findings));
    }

    private static int gravity(Revocation revocation) {
        return switch (revocation) {
            case GOOD -> 0;
            case NOT_CHECKED -> 1;
            case UNKNOWN -> 2;
            case REVOKED -> 3;
        };
    }
}
