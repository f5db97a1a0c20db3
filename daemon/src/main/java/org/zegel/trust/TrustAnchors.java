package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.List;

/** A source of trust anchors for e-mail: the operating system's, the person's own, an organisation's. */
@FunctionalInterface
public interface TrustAnchors {
    List<X509Certificate> all();

    /** All of these sources together, asked anew each time. */
    static TrustAnchors union(List<? extends TrustAnchors> sources) {
        List<TrustAnchors> copy = List.copyOf(sources);
        return () -> copy.stream()
                .flatMap(source -> source.all().stream())
                .distinct()
                .toList();
    }
}
