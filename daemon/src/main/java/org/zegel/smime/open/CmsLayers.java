package org.zegel.smime.open;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.open.SignedLayers.Checked;
import org.zegel.smime.open.SignedLayers.Opaque;

/** A part that is CMS. Its own content type says of what kind; smime-type and file names are not believed. */
final class CmsLayers {
    private static final Map<ASN1ObjectIdentifier, Layer.Kind> KINDS = Map.of(
            CMSObjectIdentifiers.signedData, Layer.Kind.SIGNED_DATA,
            CMSObjectIdentifiers.envelopedData, Layer.Kind.ENVELOPED_DATA,
            CMSObjectIdentifiers.authEnvelopedData, Layer.Kind.AUTH_ENVELOPED_DATA,
            CMSObjectIdentifiers.compressedData, Layer.Kind.COMPRESSED_DATA);

    /** RFC 5544: a document with time-stamps around it. */
    private static final ASN1ObjectIdentifier TIME_STAMPED_DATA = CMSObjectIdentifiers.timestampedData;
    /** Encrypted with a key that is not in the message, and PKCS#7's signed and enveloped data (RFC 2315). */
    private static final Set<ASN1ObjectIdentifier> OTHER_ENCRYPTED =
            Set.of(CMSObjectIdentifiers.encryptedData, CMSObjectIdentifiers.signedAndEnvelopedData);

    private final Walk walk;

    CmsLayers(Walk walk) {
        this.walk = walk;
    }

    Reading read(Part part, boolean whole, int depth) throws IOException, Failure {
        CmsBytes cms = part.cms(walk.meter());
        String mediaType = part.entity().contentType().mediaType();
        ASN1ObjectIdentifier type;
        try {
            type = ContentInfoReader.enter(cms.reader());
        } catch (Malformed malformed) {
            return notCms(part, malformed, whole);
        }
        Layer.Kind kind = KINDS.get(type);
        if (kind == null) {
            if (type.equals(TIME_STAMPED_DATA)) {
                return Reading.of(bare(Layer.Kind.PART, mediaType, whole, Finding.TIME_STAMPED_DATA));
            }
            walk.found().finding(Finding.CMS_TYPE_UNSUPPORTED);
            if (whole && OTHER_ENCRYPTED.contains(type)) {
                new EncryptedLayers(walk).closed();
            }
            return Reading.of(bare(Layer.Kind.PART, mediaType, whole, Finding.CMS_TYPE_UNSUPPORTED));
        }
        return switch (kind) {
            case SIGNED_DATA -> signed(cms, mediaType, whole, depth);
            case ENVELOPED_DATA, AUTH_ENVELOPED_DATA ->
                new EncryptedLayers(walk).read(cms, kind, mediaType, whole, depth);
            default -> compressed(cms, mediaType, whole, depth);
        };
    }

    /** Declared as CMS but not readable as such: the declaration tells what is missing. */
    private Reading notCms(Part part, Malformed malformed, boolean whole) {
        String mediaType = part.entity().contentType().mediaType();
        if (!PartKind.declaredCms(part.entity())) {
            return Reading.of(bare(Layer.Kind.PART, mediaType, whole, malformed.finding()));
        }
        String declared =
                part.entity().contentType().parameter("smime-type").orElse("").toLowerCase(Locale.ROOT);
        if (declared.contains("enveloped")) {
            if (whole) {
                new EncryptedLayers(walk).unreadable(malformed);
            }
            return Reading.of(bare(Layer.Kind.ENVELOPED_DATA, mediaType, whole, malformed.finding()));
        }
        if (declared.startsWith("signed")) {
            return unreadable(malformed, mediaType, whole);
        }
        walk.found().finding(Finding.CMS_MALFORMED);
        return Reading.of(bare(Layer.Kind.PART, mediaType, whole, Finding.CMS_MALFORMED));
    }

    private Reading unreadable(Malformed malformed, String mediaType, boolean whole) {
        Checked checked = new SignedLayers(walk).unreadable(malformed, whole);
        Layer layer = new Layer(
                Layer.Kind.SIGNED_DATA,
                mediaType,
                null,
                whole,
                walk.found().add(checked.signers()),
                checked.findings(),
                List.of());
        return Reading.of(layer);
    }

    /** SignedData that holds its content, or only certificates. */
    Reading signed(CmsBytes cms, String mediaType, boolean whole, int depth) throws IOException, Failure {
        if (!walk.takesSignature()) {
            return Reading.of(bare(Layer.Kind.SIGNED_DATA, mediaType, whole, Finding.TOO_MANY_SIGNATURES));
        }
        SignedLayers layers = new SignedLayers(walk);
        Opaque opaque;
        Checked checked;
        try {
            opaque = layers.opaque(cms);
            checked = layers.encapsulated(opaque, whole);
        } catch (Malformed malformed) {
            return unreadable(malformed, mediaType, whole);
        }
        Content content = opaque.content();
        boolean certificatesOnly = content == null && checked.signers().isEmpty();
        Reading inner = content == null ? null : walk.inner(content, whole, depth + 1);
        List<Integer> signers = walk.found().add(checked.signers());
        Layer layer = new Layer(
                certificatesOnly ? Layer.Kind.CERTS_ONLY : Layer.Kind.SIGNED_DATA,
                mediaType,
                checked.algorithm(),
                whole,
                signers,
                certificatesOnly ? opaque.findings() : checked.findings(),
                inner == null ? List.of() : List.of(inner.layer()));
        SignatureState own = SignatureState.of(checked.signers());
        return new Reading(layer, inner == null ? own : own.with(inner.signature()));
    }

    private Reading compressed(CmsBytes cms, String mediaType, boolean whole, int depth) throws IOException, Failure {
        List<Finding> findings = new ArrayList<>();
        @Nullable Content content = null;
        try {
            content = Decompression.of(cms, walk.workspace(), findings);
        } catch (Malformed malformed) {
            findings.add(malformed.finding());
        }
        Reading inner = content == null ? null : walk.inner(content, whole, depth + 1);
        Layer layer = new Layer(
                Layer.Kind.COMPRESSED_DATA,
                mediaType,
                "zlib",
                whole,
                List.of(),
                findings,
                inner == null ? List.of() : List.of(inner.layer()));
        return new Reading(layer, inner == null ? SignatureState.NONE : inner.signature());
    }

    static Layer bare(Layer.Kind kind, String mediaType, boolean whole, Finding finding) {
        return new Layer(kind, mediaType, null, whole, List.of(), List.of(finding), List.of());
    }
}
