package org.zegel.smime.open;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict.Lock;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.decrypt.Decryption;
import org.zegel.smime.decrypt.Strength;

/** Encrypted layers, and the rules by which their clear text is released. */
final class EncryptedLayers {
    private static final Finding NOT_WHOLE = Finding.ENCRYPTED_PART_NOT_WHOLE;

    private final Walk walk;

    EncryptedLayers(Walk walk) {
        this.walk = walk;
    }

    Reading read(CmsBytes cms, Layer.Kind kind, String mediaType, boolean whole, int depth)
            throws IOException, Failure {
        if (!whole) {
            // Clear parts beside it could carry its text away (EFAIL), so it stays closed.
            walk.found().finding(NOT_WHOLE);
            return Reading.of(CmsLayers.bare(kind, mediaType, false, NOT_WHOLE));
        }
        Decryption.Result result;
        try {
            result = decrypt(cms, kind, Decryption.Inside.ENTITY);
        } catch (Malformed malformed) {
            unreadable(malformed);
            return Reading.of(CmsLayers.bare(kind, mediaType, true, malformed.finding()));
        }
        Content clear = result.clear();
        if (clear == null) {
            walk.found().lock(Lock.FAILED);
            result.findings().forEach(walk.found()::finding);
            return Reading.of(layer(result, kind, mediaType, null));
        }
        walk.found().decryptedWith(result.identity());
        Reading inner = inner(clear, depth + 1);
        release(result.strength(), inner.signature());
        return new Reading(layer(result, kind, mediaType, inner), inner.signature());
    }

    /** What is wrong with the layer for all to see. */
    void unreadable(Malformed malformed) {
        walk.found().finding(malformed.finding());
        closed();
    }

    void closed() {
        walk.found().lock(Lock.FAILED);
        walk.found().finding(Decryption.FAILED);
    }

    /** The clear text is a MIME entity; some senders leave that out around a signature. */
    private Reading inner(Content clear, int depth) throws IOException, Failure {
        CmsBytes cms = CmsBytes.of(clear);
        try {
            if (ContentInfoReader.enter(cms.reader()).equals(CMSObjectIdentifiers.signedData)) {
                return new CmsLayers(walk).signed(cms, "", true, depth);
            }
        } catch (Malformed notCms) {
            return walk.inner(clear, true, depth);
        }
        return walk.inner(clear, true, depth);
    }

    Decryption.Result decrypt(CmsBytes cms, Layer.Kind kind, Decryption.Inside inside) throws IOException, Failure {
        boolean authenticated = kind == Layer.Kind.AUTH_ENVELOPED_DATA;
        return new Decryption(cms, authenticated, inside, walk.keys(), walk.workspace()).open();
    }

    /** The release rules: an unauthenticated layer is as good as the signature inside. */
    void release(Strength strength, SignatureState inside) {
        switch (strength) {
            case AUTHENTICATED -> walk.found().lock(Lock.CLOSED);
            case UNAUTHENTICATED, WEAK -> {
                if (inside == SignatureState.ALTERED) {
                    walk.found().finding(Finding.ALTERED_IN_ENCRYPTION);
                    walk.found().lock(Lock.FAILED);
                } else {
                    unauthenticated(strength, inside == SignatureState.INTACT);
                }
            }
        }
    }

    private void unauthenticated(Strength strength, boolean signed) {
        boolean closed = strength == Strength.UNAUTHENTICATED && signed;
        walk.found().lock(closed ? Lock.CLOSED : Lock.WEAK);
        if (strength == Strength.WEAK) {
            walk.found().finding(Finding.CIPHER_WEAK);
        }
        if (!signed) {
            // Whoever could change the cipher text may have put an address around the secret (EFAIL).
            walk.found().finding(Finding.REMOTE_CONTENT_UNSAFE);
        }
    }

    static Layer layer(Decryption.Result result, Layer.Kind kind, String mediaType, @Nullable Reading inner) {
        return new Layer(
                kind,
                mediaType,
                result.algorithm(),
                true,
                List.of(),
                result.findings(),
                inner == null ? List.of() : List.of(inner.layer()));
    }
}
