package org.zegel.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.operation.CertificateFiles;
import org.zegel.trust.TrustAnchors;

/** The anchors in files that the configuration or the policy names; a file that cannot be read is left out and logged. */
final class AnchorFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorFiles.class);

    private AnchorFiles() {}

    static TrustAnchors read(List<Path> files) {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.size(file) > CertificateFiles.MAX_FILE) {
                    throw new IOException("too large");
                }
                anchors.addAll(CertificateFiles.read(Content.of(Files.readAllBytes(file))));
            } catch (IOException | Failure unreadable) {
                LOG.error("Trust anchors could not be read from {}", file, unreadable);
            }
        }
        List<X509Certificate> read = List.copyOf(anchors);
        return () -> read;
    }
}
