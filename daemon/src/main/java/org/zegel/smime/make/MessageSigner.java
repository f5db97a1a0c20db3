package org.zegel.smime.make;

import static org.zegel.smime.make.OuterHeader.line;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Progress;
import org.zegel.smime.SignOptions;
import org.zegel.smime.cms.CmsAlgorithms;
import org.zegel.smime.mime.Base64Lines;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;
import org.zegel.store.BoundKey;

/**
 * Signs whole messages (RFC 8551 section 3.5). Header fields other than Content-* stay outside, in their order, and are
 * copied into the signed entity (RFC 9788); the rest becomes the signed entity, with canonical line ends. In a clear signature, bodies that mail servers may change
 * are encoded as quoted-printable or base64; what they decode to stays the same, byte for byte. Parts that are signed
 * or encrypted already are left as they are, even where they are 8-bit, and so are the header fields of parts.
 */
public final class MessageSigner {
    private static final int BOUNDARY_BYTES = 18;

    private MessageSigner() {}

    /**
     * Signs the message.
     *
     * @throws Failure {@code MESSAGE_MALFORMED}, {@code IDENTITY_UNSUITABLE}, {@code CERTIFICATE_EXPIRED}, or what the
     *     key says
     */
    public static Content sign(
            Content message, BoundKey key, SignOptions options, Workspace workspace, Progress progress)
            throws Failure, IOException {
        SignedDataMaker maker = new SignedDataMaker(key, options);
        MimeEntity root = MimeScanner.message(message);
        boolean detached = options.mode() == SignOptions.Mode.DETACHED;
        Map<MimeEntity, BodyChange> changes = EntityPlanner.plan(message, root, detached, progress);
        ProtectedHeader header = ProtectedHeader.plan(message, root, options.headers(), detached, changes);
        header.display(message, root, changes);
        try (ContentWriter out = workspace.writer()) {
            OuterHeader.write(message, root, HeaderPolicy.NONE, out);
            SignedDataMaker.Source entity = target -> {
                try (EntityWriter writer = new EntityWriter(message, changes, progress, target)) {
                    writer.inner(root, header.fields());
                }
            };
            switch (options.mode()) {
                case DETACHED -> detached(maker, entity, out);
                case OPAQUE -> {
                    line(
                            out,
                            "Content-Type: application/pkcs7-mime; smime-type=signed-data;",
                            " name=\"smime.p7m\"",
                            "Content-Transfer-Encoding: base64",
                            "Content-Disposition: attachment; filename=\"smime.p7m\"",
                            "");
                    try (OutputStream base64 = new Base64Lines(out)) {
                        maker.encapsulated(entity, base64);
                    }
                }
            }
            return out.finish();
        }
    }

    private static void detached(SignedDataMaker maker, SignedDataMaker.Source entity, OutputStream out)
            throws Failure, IOException {
        String boundary = boundary();
        line(
                out,
                "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";",
                " micalg=" + CmsAlgorithms.micalg(maker.key().digest()) + "; boundary=\"" + boundary + "\"",
                "",
                "--" + boundary);
        entity.writeTo(maker.digesting(out));
        line(
                out,
                "",
                "--" + boundary,
                "Content-Type: application/pkcs7-signature; name=\"smime.p7s\"",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=\"smime.p7s\"",
                "");
        try (OutputStream base64 = new Base64Lines(out)) {
            base64.write(maker.detached());
        }
        line(out, "--" + boundary + "--");
    }

    /** 144 random bits: no content holds them by chance. */
    private static String boundary() {
        byte[] random = new byte[BOUNDARY_BYTES];
        new SecureRandom().nextBytes(random);
        return "=_zegel-" + HexFormat.of().formatHex(random);
    }
}
