package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;

/** A root, and why the best path to it is not good enough. */
abstract class PathFixture {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);

    static Spec ca(String name) {
        return Spec.authority(name).key(KeyKind.P256);
    }

    /** Empty when the path is valid. */
    Optional<Finding> reason(TestIdentity leaf) {
        return reason(root.certificate(), leaf);
    }

    static Optional<Finding> reason(X509Certificate anchor, TestIdentity leaf) {
        return best(leaf.certificate(), anchor, leaf.chain(), PolicyInputs.ANY);
    }

    /** Fails when there is no path at all. */
    static Optional<Finding> best(
            X509Certificate leaf, X509Certificate anchor, Collection<X509Certificate> others, PolicyInputs policies) {
        return PathFinder.find(leaf, List.of(anchor), others, NOW).paths().stream()
                .map(path -> PathValidator.worst(path, new PathQuestion(NOW, policies)))
                .min(Comparator.comparingInt(
                        worst -> worst.map(Shortfall::gravity).orElse(0)))
                .orElseThrow(() -> new AssertionError("no path to the anchor"))
                .map(Shortfall::reason);
    }
}
