package org.zegel.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's trust anchors, read when first asked for. On Linux these are the bundle of ca-certificates,
 * chosen for web servers: it carries no e-mail trust bits, so administrators who care name their own anchors instead.
 */
public final class SystemAnchors implements TrustAnchors {
    private static final Logger LOG = LoggerFactory.getLogger(SystemAnchors.class);

    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/pki/ca-trust/extracted/pem/email-ca-bundle.pem"),
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private final String operatingSystem;
    private final List<Path> bundles;
    private @Nullable List<X509Certificate> read;

    /** For the operating system with this name, as the JVM tells it. */
    public SystemAnchors(String operatingSystem) {
        this(operatingSystem, BUNDLES);
    }

    SystemAnchors(String operatingSystem, List<Path> bundles) {
        this.operatingSystem = operatingSystem.toLowerCase(Locale.ROOT);
        this.bundles = List.copyOf(bundles);
    }

    @Override
    public synchronized List<X509Certificate> all() {
        List<X509Certificate> anchors = read;
        if (anchors == null) {
            anchors = load();
            if (anchors.isEmpty()) {
                LOG.warn("The operating system offers no trust anchors");
            }
            read = anchors;
        }
        return anchors;
    }

    private List<X509Certificate> load() {
        if (operatingSystem.contains("windows")) {
            return keyStore("Windows-ROOT");
        }
        return operatingSystem.contains("mac") ? keyStore("KeychainStore-ROOT") : bundle();
    }

    private List<X509Certificate> bundle() {
        for (Path file : bundles) {
            try {
                // The size is looked at first: a link to something endless is not read.
                if (Files.isRegularFile(file) && Files.size(file) <= CertificateBundle.MAX_BYTES) {
                    return CertificateBundle.read(Files.readAllBytes(file)).certificates();
                }
            } catch (IOException unreadable) {
                LOG.warn("A bundle of trust anchors could not be read", unreadable);
            }
        }
        return List.of();
    }

    private static List<X509Certificate> keyStore(String type) {
        List<X509Certificate> anchors = new ArrayList<>();
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    anchors.add(certificate);
                }
            }
        } catch (GeneralSecurityException | IOException unavailable) {
            LOG.warn("The operating system's trust anchors could not be read", unavailable);
        }
        return List.copyOf(anchors);
    }
}
