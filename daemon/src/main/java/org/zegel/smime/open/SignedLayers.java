package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.SignerFacts;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.verify.ContentDigests;
import org.zegel.smime.verify.SignedData;
import org.zegel.smime.verify.SignedDataReader;
import org.zegel.smime.verify.SignerCheck;

/** Signed layers: multipart/signed and SignedData with its content inside (RFC 8551 section 3.5). */
final class SignedLayers {
    private static final int BLOCK = 16 * 1024;
    private static final ASN1ObjectIdentifier SIGNED_RECEIPT = PKCSObjectIdentifiers.id_ct.branch("1");

    private final Walk walk;

    SignedLayers(Walk walk) {
        this.walk = walk;
    }

    /** SignedData and what was inside; the content is null when there was none. */
    record Opaque(SignedData data, @Nullable Content content, List<Finding> findings) {}

    /** The facts of a layer's signers with the layer's own findings. */
    record Checked(
            List<SignerFacts> signers,
            List<Finding> findings,
            @Nullable String algorithm) {}

    Reading detached(Part part, boolean whole, int depth) throws IOException, Failure {
        boolean more = part.entity().children().size() > 2;
        boolean covers = whole && !more;
        Part signed = part.child(0);
        Content content = signed.entity().whole(signed.scanned());
        Checked checked = walk.takesSignature()
                ? detached(part.child(1).cms(walk.meter()), content, covers)
                : new Checked(List.of(), List.of(), null);
        List<Finding> findings = new ArrayList<>(checked.findings());
        if (Micalg.differs(part.entity().contentType(), checked.signers())) {
            findings.add(Finding.MICALG_MISMATCH);
        }
        if (more) {
            findings.add(Finding.PARTS_AFTER_SIGNATURE);
        }
        if (whole && more) {
            // What was added stands beside the signed part, so all of it is what the person reads.
            Reading inner = walk.read(signed, false, depth + 1);
            return Reading.of(layer(part, Layer.Kind.MULTIPART_SIGNED, false, checked, findings, inner));
        }
        Reading inner = walk.read(signed, covers, depth + 1);
        Layer layer = layer(part, Layer.Kind.MULTIPART_SIGNED, covers, checked, findings, inner);
        return new Reading(layer, SignatureState.of(checked.signers()).with(inner.signature()));
    }

    /** Checks a signature over content that is not in it. */
    Checked detached(CmsBytes cms, Content content, boolean covers) throws IOException {
        try {
            Opaque signature = opaque(cms);
            SignedData data = signature.data();
            ContentDigests digests = new ContentDigests(data.digestNames(), true);
            if (!data.signerInfos().isEmpty()) {
                digest(content, digests);
            }
            digests.finish();
            List<Finding> findings = new ArrayList<>(signature.findings());
            List<Finding> structure = signature.content() == null ? List.of() : List.of(Finding.CONTENT_TWICE);
            findings.addAll(structure);
            return checked(new SignerCheck(data, digests, content, walk.known()), data, covers, structure, findings);
        } catch (Malformed malformed) {
            return unreadable(malformed, covers);
        }
    }

    Checked encapsulated(Opaque opaque, boolean covers) throws IOException {
        SignedData data = opaque.data();
        SignerCheck check =
                new SignerCheck(data, opaque.content() == null ? null : data.digests(), opaque.content(), walk.known());
        return checked(check, data, covers, List.of(), opaque.findings());
    }

    Checked unreadable(Malformed malformed, boolean covers) {
        return new Checked(
                List.of(SignerCheck.unreadable(Finding.SIGNATURE_MALFORMED, covers)),
                List.of(malformed.finding()),
                null);
    }

    private static Checked checked(
            SignerCheck check, SignedData data, boolean covers, List<Finding> structure, List<Finding> found)
            throws IOException {
        List<Finding> findings = new ArrayList<>(found);
        if (data.signerInfos().isEmpty()) {
            findings.add(Finding.NO_SIGNERS);
        }
        if (!data.contentType().equals(CMSObjectIdentifiers.data)) {
            findings.add(Finding.CONTENT_TYPE_NOT_DATA);
        }
        if (data.contentType().equals(SIGNED_RECEIPT)) {
            findings.add(Finding.SIGNED_RECEIPT);
        }
        if (data.signerInfos().size() > 1) {
            findings.add(Finding.SEVERAL_SIGNERS);
        }
        String names = data.digestNames().stream().collect(Collectors.joining(", "));
        return new Checked(check.all(covers, structure, lowering(findings)), findings, names.isEmpty() ? null : names);
    }

    /** What keeps the seals of all signers of the layer from being valid. */
    private static List<Finding> lowering(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.weight() == Finding.Weight.LOWERS)
                .toList();
    }

    /** Reads SignedData; the content inside goes to the workspace. */
    Opaque opaque(CmsBytes cms) throws IOException {
        try (ContentWriter writer = walk.workspace().writer()) {
            BerInput in = cms.reader();
            if (!ContentInfoReader.enter(in).equals(CMSObjectIdentifiers.signedData)) {
                throw new Malformed(Finding.NOT_SIGNED_DATA);
            }
            SignedData data = SignedDataReader.read(in, writer);
            List<Finding> findings = new ArrayList<>(data.findings());
            if (ContentInfoReader.leave(in)) {
                findings.add(Finding.TRAILING_DATA);
            }
            return new Opaque(data, data.encapsulated() ? writer.finish() : null, findings);
        }
    }

    private void digest(Content content, OutputStream digests) throws IOException {
        byte[] block = new byte[BLOCK];
        try (InputStream in = walk.meter().watch(content.open())) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digests.write(block, 0, count);
            }
        }
    }

    Layer layer(Part part, Layer.Kind kind, boolean covers, Checked checked, List<Finding> findings, Reading inner) {
        return new Layer(
                kind,
                part.entity().contentType().mediaType(),
                checked.algorithm(),
                covers,
                walk.found().add(checked.signers()),
                findings,
                List.of(inner.layer()));
    }
}
