package org.zegel.app.wiring;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.model.Failure;
import org.zegel.trust.TrustAnchors;

/** The operating system's anchors, those in configured files, and those that the person added. */
final class ConfiguredAnchors implements TrustAnchors {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredAnchors.class);

    private final List<TrustAnchors> fixed;
    private final TrustedAuthorities added;

    ConfiguredAnchors(List<TrustAnchors> fixed, TrustedAuthorities added) {
        this.fixed = List.copyOf(fixed);
        this.added = added;
    }

    @Override
    public List<X509Certificate> all() {
        List<X509Certificate> anchors = new ArrayList<>();
        fixed.forEach(source -> anchors.addAll(source.all()));
        try {
            anchors.addAll(added.all());
        } catch (Failure unreadable) {
            // Fewer anchors make a verdict worse, never better.
            LOG.warn("The added authorities could not be read", unreadable);
        }
        return anchors;
    }
}
