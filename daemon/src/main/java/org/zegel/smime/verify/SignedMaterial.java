package org.zegel.smime.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** What the signers of one SignedData signed: its content, with the digests made of it so far. */
final class SignedMaterial {
    /** Most times that content over {@value #SMALL} bytes is read again for the signers of one SignedData. */
    static final int MAX_PASSES = 8;

    private static final int SMALL = 64 * 1024;

    private final SignedData data;
    private final @Nullable ContentDigests digests;
    private final @Nullable Content content;
    private final Collection<X509Certificate> known;
    private final Map<String, byte[]> late = new HashMap<>();
    private int passes;

    SignedMaterial(
            SignedData data,
            @Nullable ContentDigests digests,
            @Nullable Content content,
            Collection<X509Certificate> known) {
        this.data = data;
        this.digests = digests;
        this.content = content;
        this.known = known;
    }

    SignedData data() {
        return data;
    }

    Collection<X509Certificate> known() {
        return known;
    }

    Optional<Content> content() {
        return Optional.ofNullable(digests == null ? null : content);
    }

    boolean looksLikeSignedAttributes() {
        return digests != null && digests.looksLikeSignedAttributes();
    }

    /** Forms in which the content may have been signed; the first is the right one. */
    List<LineEnds> forms() {
        return digests != null && digests.detached()
                ? List.of(LineEnds.CANONICAL, LineEnds.AS_THEY_ARE, LineEnds.BARE)
                : List.of(LineEnds.AS_THEY_ARE);
    }

    /** The form that has this digest; empty when none has. The content is read again only where it must be. */
    Optional<LineEnds> formWith(String name, byte[] digest) throws IOException {
        for (LineEnds form : forms()) {
            if (Arrays.equals(digest, digest(name, form))) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    private byte[] digest(String name, LineEnds form) throws IOException {
        if (digests != null && digests.has(name) && form != LineEnds.BARE) {
            return form == LineEnds.CANONICAL ? digests.canonical(name) : digests.exact(name);
        }
        String key = name + ' ' + form;
        byte[] made = late.get(key);
        if (made == null) {
            MessageDigest digest = DigestAlgorithms.create(name);
            copy(form, new DigestSink(digest));
            made = digest.digest();
            late.put(key, made);
        }
        return made;
    }

    /** Reads the content into the sink; {@link Malformed} when it was read too often already. */
    void copy(LineEnds form, OutputStream sink) throws IOException {
        if (content == null) {
            throw new Malformed(Finding.CONTENT_MISSING);
        }
        if (content.size() > SMALL && ++passes > MAX_PASSES) {
            throw new Malformed(Finding.SIGNATURE_TOO_COSTLY);
        }
        form.copy(content, sink);
    }

    /** A digest as a sink. */
    private static final class DigestSink extends OutputStream {
        private final MessageDigest digest;

        DigestSink(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int octet) {
            digest.update((byte) octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }
    }
}
