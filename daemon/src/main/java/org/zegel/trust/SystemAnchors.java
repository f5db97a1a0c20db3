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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's trust anchors for e-mail, read when first asked for. Fedora and Arch have a bundle for e-mail. The
 * others' bundles were chosen for web servers; of these, and of macOS's roots, the ones that are said not to be for e-mail are
 * left out.
 */
public final class SystemAnchors implements TrustAnchors {
    private static final Logger LOG = LoggerFactory.getLogger(SystemAnchors.class);

    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/pki/ca-trust/extracted/pem/email-ca-bundle.pem"),
            Path.of("/etc/ca-certificates/extracted/email-ca-bundle.pem"),
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private final String operatingSystem;
    private final List<Path> bundles;
    private final Supplier<? extends Predicate<X509Certificate>> forMail;
    private @Nullable List<X509Certificate> read;

    /** For the operating system with this name, as the JVM tells it. */
    public SystemAnchors(String operatingSystem) {
        this(operatingSystem, BUNDLES, () -> anchor -> true);
    }

    /** The same, but for those that this list, read when it is first needed, says are not for e-mail. */
    public SystemAnchors(String operatingSystem, Supplier<? extends Predicate<X509Certificate>> forMail) {
        this(operatingSystem, BUNDLES, forMail);
    }

    SystemAnchors(String operatingSystem, List<Path> bundles, Supplier<? extends Predicate<X509Certificate>> forMail) {
        this.forMail = forMail;
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
        if (operatingSystem.contains("mac")) {
            Predicate<X509Certificate> wanted = forMail.get();
            return keyStore("KeychainStore-ROOT").stream().filter(wanted).toList();
        }
        return bundle();
    }

    private List<X509Certificate> bundle() {
        for (Path file : bundles) {
            try {
                // The size is looked at first: a link to something endless is not read.
                if (Files.isRegularFile(file) && Files.size(file) <= CertificateBundle.MAX_BYTES) {
                    Predicate<X509Certificate> wanted = forMail.get();
                    return CertificateBundle.read(Files.readAllBytes(file)).certificates().stream()
                            .filter(wanted)
                            .toList();
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
