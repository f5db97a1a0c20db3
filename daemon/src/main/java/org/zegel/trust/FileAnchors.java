package org.zegel.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.zegel.model.Failure;

/** Trust anchors of configured files, in PEM or DER, instead of or beside the operating system's. */
public final class FileAnchors implements TrustAnchors {
    private final List<X509Certificate> anchors;

    private FileAnchors(List<X509Certificate> anchors) {
        this.anchors = List.copyOf(anchors);
    }

    /** @throws Failure {@code INVALID_PARAMETERS} when a file is missing, too large, or holds no certificate */
    public static FileAnchors of(List<Path> files) throws Failure {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : files) {
            List<X509Certificate> found = read(file);
            if (found.isEmpty()) {
                throw unusable("holds no certificate", file);
            }
            anchors.addAll(found);
        }
        return new FileAnchors(anchors);
    }

    @Override
    public List<X509Certificate> all() {
        return anchors;
    }

    private static List<X509Certificate> read(Path file) throws Failure {
        try {
            if (Files.size(file) > CertificateBundle.MAX_BYTES) {
                throw unusable("is too large", file);
            }
            return CertificateBundle.read(Files.readAllBytes(file)).certificates();
        } catch (IOException unreadable) {
            throw unusable("cannot be read", file);
        }
    }

    private static Failure unusable(String what, Path file) {
        return new Failure(
                Failure.Kind.INVALID_PARAMETERS,
                "The file of trust anchors " + file.getFileName() + " " + what + ". Name PEM or DER certificates.");
    }
}
