package org.zegel.trust.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to fetch.
 *
 * @param body what is posted; null is a GET
 * @param key what the answer is cached by
 */
public record FetchRequest(Kind kind, URI uri, byte @Nullable [] body, String key) {
    /** Longest URL, in characters. */
    static final int MAX_URL = 2_048;

    /** What is fetched, and how large it may be, in bytes. */
    public enum Kind {
        OCSP(64 * 1024, "application/ocsp-response"),
        CRL(32 * 1024 * 1024, "application/pkix-crl"),
        CERTIFICATES(1024 * 1024, "application/pkix-cert, application/pkcs7-mime");

        private final int maxBytes;
        private final String accept;

        Kind(int maxBytes, String accept) {
            this.maxBytes = maxBytes;
            this.accept = accept;
        }

        /** Largest answer: never more than an eighth of the memory there is. */
        public int maxBytes() {
            return (int) Math.min(maxBytes, Runtime.getRuntime().maxMemory() / 8);
        }

        String accept() {
            return accept;
        }
    }

    /** A file at a URL as a certificate names it. */
    public static FetchRequest get(Kind kind, URI uri) {
        return new FetchRequest(kind, uri, null, kind + " " + uri);
    }

    /** An OCSP request that is posted; what it asks about, its nonce left out, is the cache's key. */
    public static FetchRequest post(URI uri, byte[] request, byte[] about) {
        return new FetchRequest(Kind.OCSP, uri, request, ocspKey(uri, about));
    }

    /** An OCSP request in the URL (RFC 6960 appendix A.1), for responders that know nothing else; without a nonce. */
    public static Optional<FetchRequest> ocspGet(URI uri, byte[] request, byte[] about) {
        String encoded = URLEncoder.encode(Base64.getEncoder().encodeToString(request), StandardCharsets.US_ASCII);
        String base = uri.toASCIIString();
        return parse(base + (base.endsWith("/") ? "" : "/") + encoded)
                .map(full -> new FetchRequest(Kind.OCSP, full, null, ocspKey(uri, about)));
    }

    /** The URL as a certificate has it; empty when it is none that is fetched: http alone, with a host, without user. */
    public static Optional<URI> parse(String url) {
        if (url.length() > MAX_URL) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(new URI(url.strip()).toASCIIString());
            boolean usable = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && !uri.getHost().isEmpty()
                    && uri.getRawUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }

    /** What is fetched once for a message. */
    String line() {
        return (body == null ? "GET " : "POST ") + key;
    }

    private static String ocspKey(URI uri, byte[] about) {
        return Kind.OCSP + " " + uri + " " + HexFormat.of().formatHex(about);
    }
}
