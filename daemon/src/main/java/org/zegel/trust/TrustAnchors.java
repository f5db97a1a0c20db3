package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.zegel.model.Verdict.AnchorSource;

/** Trust anchors for e-mail: the operating system's, the person's own, an organisation's; and what goes before them. */
@FunctionalInterface
public interface TrustAnchors {
    List<X509Certificate> all();

    /** Where an anchor of {@link #all} comes from. */
    default AnchorSource source(X509Certificate anchor) {
        return AnchorSource.SYSTEM;
    }

    /** Single certificates that the person trusts, whoever issued them. */
    default List<X509Certificate> pinned() {
        return List.of();
    }

    /** SHA-256 fingerprints, lower-case hexadecimal, of certificates that are never relied on, whoever issued them. */
    default Set<String> distrusted() {
        return Set.of();
    }

    /** All of these sources together, asked anew each time. */
    static TrustAnchors union(List<? extends TrustAnchors> sources) {
        List<TrustAnchors> copy = List.copyOf(sources);
        return () -> copy.stream()
                .flatMap(source -> source.all().stream())
                .distinct()
                .toList();
    }
}
