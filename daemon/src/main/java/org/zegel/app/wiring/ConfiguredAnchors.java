package org.zegel.app.wiring;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.directory.TrustedAuthorities.Decision;
import org.zegel.model.Failure;
import org.zegel.model.Verdict.AnchorSource;
import org.zegel.trust.TrustAnchors;

/** The anchors in configured files, those that the person added, and the operating system's. */
final class ConfiguredAnchors implements TrustAnchors {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredAnchors.class);

    private final TrustAnchors files;
    private final AnchorSource filesFrom;
    private final TrustAnchors system;
    private final Set<String> refused;
    private final TrustedAuthorities decided;

    /**
     * Made of all sources.
     *
     * @param filesFrom who named the files
     * @param refused fingerprints of what the configuration distrusts
     */
    ConfiguredAnchors(
            TrustAnchors files,
            AnchorSource filesFrom,
            TrustAnchors system,
            Set<String> refused,
            TrustedAuthorities decided) {
        this.files = files;
        this.filesFrom = filesFrom;
        this.system = system;
        this.refused = Set.copyOf(refused);
        this.decided = decided;
    }

    @Override
    public List<X509Certificate> all() {
        List<X509Certificate> anchors = new ArrayList<>(files.all());
        anchors.addAll(system.all());
        anchors.addAll(decided(Decision.AUTHORITY));
        return anchors;
    }

    @Override
    public AnchorSource source(X509Certificate anchor) {
        if (files.all().contains(anchor)) {
            return filesFrom;
        }
        return decided(Decision.AUTHORITY).contains(anchor) ? AnchorSource.PERSON : AnchorSource.SYSTEM;
    }

    @Override
    public List<X509Certificate> pinned() {
        return decided(Decision.PINNED);
    }

    @Override
    public Set<String> distrusted() {
        Set<String> all = new HashSet<>(refused);
        all.addAll(system.distrusted());
        try {
            all.addAll(decided.fingerprints(Decision.DISTRUSTED));
        } catch (Failure unreadable) {
            // Not to know what the person refuses must not make anything good.
            throw new IllegalStateException(unreadable);
        }
        return all;
    }

    private List<X509Certificate> decided(Decision decision) {
        try {
            return decided.all(decision);
        } catch (Failure unreadable) {
            // Fewer anchors make a verdict worse, never better.
            LOG.warn("The added authorities could not be read", unreadable);
            return List.of();
        }
    }
}
