package org.zegel.trust.path;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RFC 5280 section 6.1 on a path whose signatures are verified, revocation left out: one check for each rule. */
public final class PathValidator {
    private static final List<PathCheck> CHECKS = List.of(
            new ValidityCheck(),
            new CriticalExtensionsCheck(),
            new IssuerCheck(),
            new NameConstraintsCheck(),
            new CertificatePoliciesCheck());

    private PathValidator() {}

    /**
     * The gravest shortfall, empty for a valid path; of equals the first, as the checks are ordered from plain to
     * general.
     *
     * @param more what is asked beyond the RFC
     */
    public static Optional<Shortfall> worst(CandidatePath path, PathQuestion question, PathCheck... more) {
        @Nullable Shortfall worst = null;
        for (List<PathCheck> checks : List.of(CHECKS, List.of(more))) {
            for (PathCheck check : checks) {
                Optional<Shortfall> one = check.check(path, question);
                if (one.isPresent() && (worst == null || one.get().gravity() > worst.gravity())) {
                    worst = one.get();
                }
            }
        }
        return Optional.ofNullable(worst);
    }
}
