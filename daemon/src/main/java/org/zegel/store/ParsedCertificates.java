package org.zegel.store;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a store that is listed often: those that were there the last time are not parsed again. Whoever
 * asks limits their number and length. Safe for use by several threads.
 */
public final class ParsedCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(ParsedCertificates.class);

    private Map<ByteBuffer, Optional<X509Certificate>> last = Map.of();

    /** Those that can be read, each once, in this order; the others are left out. */
    public synchronized Set<X509Certificate> of(Collection<byte[]> encoded) {
        Map<ByteBuffer, Optional<X509Certificate>> now = HashMap.newHashMap(encoded.size());
        Set<X509Certificate> parsed = new LinkedHashSet<>();
        for (byte[] each : encoded) {
            ByteBuffer key = ByteBuffer.wrap(each);
            Optional<X509Certificate> known = last.get(key);
            Optional<X509Certificate> certificate = known == null ? parse(each) : known;
            now.put(key, certificate);
            certificate.ifPresent(parsed::add);
        }
        last = now;
        return parsed;
    }

    private static Optional<X509Certificate> parse(byte[] encoded) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (CertificateException unreadable) {
            LOG.debug("a certificate of a store cannot be read", unreadable);
            return Optional.empty();
        }
    }
}
