package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.PathFinder;
import org.zegel.trust.path.PathQuestion;
import org.zegel.trust.path.PathValidator;
import org.zegel.trust.revocation.CrlIssuerPaths;

/** Paths of certificates that sign CRLs, by the same rules as any path but for what a leaf is used for. */
final class CrlSignerPaths implements CrlIssuerPaths {
    @Override
    public Optional<List<X509Certificate>> find(
            X509Certificate issuer, X509Certificate anchor, Collection<X509Certificate> others, Instant at) {
        PathQuestion question = new PathQuestion(at, CertificatePolicyRules.ANY.inputs());
        return PathFinder.find(issuer, List.of(anchor), others, at).paths().stream()
                .filter(path -> PathValidator.worst(path, question).isEmpty())
                .map(CandidatePath::certificates)
                .findFirst();
    }
}
