package org.zegel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CMS or MIME layer of a message; a tree, outermost first.
 *
 * @param mediaType lower-case type/subtype, as declared
 * @param algorithm the cipher or digest, by its usual name
 * @param whole whether the layer wraps the whole body (RFC 9787's cryptographic envelope)
 * @param signers indexes into the verdict's signers
 * @param findings stable kebab-case codes
 */
public record Layer(
        Kind kind,
        String mediaType,
        @Nullable String algorithm,
        boolean whole,
        List<Integer> signers,
        List<Finding> findings,
        List<Layer> children) {
    /** What the layer is. */
    public enum Kind {
        MULTIPART_SIGNED,
        SIGNED_DATA,
        ENVELOPED_DATA,
        AUTH_ENVELOPED_DATA,
        COMPRESSED_DATA,
        CERTS_ONLY,
        OPENPGP,
        MULTIPART,
        MESSAGE,
        PART
    }

    /** Longest media type and algorithm, in characters; what follows is cut off. */
    private static final int MAX_NAME = 255;

    public Layer {
        mediaType = cut(mediaType);
        algorithm = algorithm == null ? null : cut(algorithm);
        signers = List.copyOf(signers);
        findings = List.copyOf(findings);
        children = List.copyOf(children);
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }
}
