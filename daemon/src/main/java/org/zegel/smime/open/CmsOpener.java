package org.zegel.smime.open;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.Workspace;
import org.zegel.model.AddressFields;
import org.zegel.model.Failure;
import org.zegel.model.Layer;
import org.zegel.model.MessageFacts;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.decrypt.Decryption;
import org.zegel.smime.decrypt.KeyRing;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;
import org.zegel.smime.mime.TransferEncoding;
import org.zegel.smime.open.SignedLayers.Checked;
import org.zegel.smime.open.SignedLayers.Opaque;

/** Opens one CMS object given as bytes: BER, DER, PEM or base64. The clear content is what was inside, as it is. */
public final class CmsOpener {
    private static final String PEM_BEGIN = "-----BEGIN";
    private static final int PEEK = 4096;
    private static final String MEDIA_TYPE = "application/pkcs7-mime";

    private final Walk walk;
    private final @Nullable Content detached;

    private CmsOpener(Walk walk, @Nullable Content detached) {
        this.walk = walk;
        this.detached = detached;
    }

    /**
     * Opens SignedData, EnvelopedData or AuthEnvelopedData in bounded memory, by the release rules for messages.
     *
     * @param detached the signed content when it is not inside; ignored for encrypted data
     * @return the clear content belongs to the workspace, or is {@code detached}
     * @throws Failure {@code MESSAGE_MALFORMED} when this is no CMS at all, {@code UNSUPPORTED} for its other types
     */
    public static OpenedMessage open(
            Content cms,
            @Nullable Content detached,
            DecryptionKeys keys,
            Collection<X509Certificate> known,
            Workspace workspace,
            Progress progress)
            throws Failure, IOException {
        try (KeyRing ring = new KeyRing(keys)) {
            Walk walk = new Walk(ring, known, workspace, new Meter(progress));
            return new CmsOpener(walk, detached).open(cms);
        }
    }

    private OpenedMessage open(Content content) throws Failure, IOException {
        CmsBytes cms = bytes(content);
        ASN1ObjectIdentifier type;
        try {
            type = ContentInfoReader.enter(cms.reader());
        } catch (Malformed malformed) {
            throw new Failure(
                    Failure.Kind.MESSAGE_MALFORMED, "This is not CMS: give BER, DER, PEM or base64.", malformed);
        }
        if (type.equals(CMSObjectIdentifiers.signedData)) {
            return signed(cms);
        }
        if (type.equals(CMSObjectIdentifiers.envelopedData)) {
            return encrypted(cms, Layer.Kind.ENVELOPED_DATA);
        }
        if (type.equals(CMSObjectIdentifiers.authEnvelopedData)) {
            return encrypted(cms, Layer.Kind.AUTH_ENVELOPED_DATA);
        }
        throw new Failure(Failure.Kind.UNSUPPORTED, "This kind of CMS object cannot be opened.");
    }

    private OpenedMessage signed(CmsBytes cms) throws IOException {
        SignedLayers layers = new SignedLayers(walk);
        Content clear = detached;
        Checked checked;
        if (detached != null) {
            checked = layers.detached(cms, detached, true);
        } else {
            try {
                Opaque opaque = layers.opaque(cms);
                clear = opaque.content();
                checked = layers.encapsulated(opaque, true);
            } catch (Malformed malformed) {
                checked = layers.unreadable(malformed, true);
            }
        }
        Layer layer = new Layer(
                Layer.Kind.SIGNED_DATA,
                MEDIA_TYPE,
                checked.algorithm(),
                true,
                walk.found().add(checked.signers()),
                checked.findings(),
                List.of());
        return opened(layer, clear);
    }

    private OpenedMessage encrypted(CmsBytes cms, Layer.Kind kind) throws IOException, Failure {
        EncryptedLayers layers = new EncryptedLayers(walk);
        Decryption.Result result;
        try {
            result = layers.decrypt(cms, kind, Decryption.Inside.ANYTHING);
        } catch (Malformed malformed) {
            layers.unreadable(malformed);
            return opened(CmsLayers.bare(kind, MEDIA_TYPE, true, malformed.finding()), null);
        }
        Content clear = result.clear();
        if (clear == null) {
            walk.found().lock(Verdict.Lock.FAILED);
            result.findings().forEach(walk.found()::finding);
            return opened(EncryptedLayers.layer(result, kind, MEDIA_TYPE, null), null);
        }
        walk.found().decryptedWith(result.identity());
        Reading inner = inside(clear);
        layers.release(result.strength(), inner == null ? SignatureState.NONE : inner.signature());
        return opened(EncryptedLayers.layer(result, kind, MEDIA_TYPE, inner), clear);
    }

    /** What was encrypted may be signed in turn, as CMS or as MIME; null when it is neither. */
    private @Nullable Reading inside(Content clear) throws IOException, Failure {
        try {
            CmsBytes cms = CmsBytes.of(clear);
            if (ContentInfoReader.enter(cms.reader()).equals(CMSObjectIdentifiers.signedData)) {
                return new CmsLayers(walk).signed(cms, MEDIA_TYPE, true, 1);
            }
        } catch (Malformed notCms) {
            MimeEntity entity;
            try {
                entity = MimeScanner.entity(clear);
            } catch (Failure notMime) {
                return null;
            }
            PartKind kind = PartKind.of(entity);
            if (kind == PartKind.SIGNED || kind == PartKind.CMS) {
                return walk.read(new Part(clear, entity, false), true, 1);
            }
        }
        return null;
    }

    private OpenedMessage opened(Layer layer, @Nullable Content clear) {
        Found found = walk.found();
        MessageFacts facts = new MessageFacts(
                found.signers(),
                found.lock(),
                List.of(layer),
                Verdict.Headers.NONE,
                List.of(),
                null,
                AddressFields.NONE,
                found.decryptedWith(),
                found.findings());
        return new OpenedMessage(facts, found.lock() == Verdict.Lock.FAILED ? null : clear);
    }

    private CmsBytes bytes(Content content) throws IOException {
        byte[] start;
        try (InputStream in = content.open()) {
            start = in.readNBytes(PEEK);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(PEM_BEGIN);
        boolean base64 = begin >= 0 || text.stripLeading().startsWith("M");
        int skip = begin < 0 ? 0 : Math.max(begin, text.indexOf('\n', begin));
        return new CmsBytes() {
            @Override
            public InputStream open() throws IOException {
                InputStream in = new BufferedInputStream(walk.meter().watch(content.open()));
                if (!base64) {
                    return in;
                }
                in.skipNBytes(skip);
                // The dashes of the last line of PEM are outside the alphabet, its letters are not: end it there.
                return TransferEncoding.BASE64.decode(begin < 0 ? in : new UntilDash(in));
            }

            @Override
            public long bound() {
                return content.size();
            }
        };
    }
}
