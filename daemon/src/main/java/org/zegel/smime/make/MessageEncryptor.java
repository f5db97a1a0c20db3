package org.zegel.smime.make;

import static org.zegel.smime.make.OuterHeader.line;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Progress;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.mime.Base64Lines;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeScanner;

/**
 * Encrypts whole messages (RFC 8551 sections 3.3 and 3.4). Header fields other than Content-* are copied into the
 * payload; outside they stay in their order and readable by everybody, but for those that the policy hides (RFC 9788)
 * and Bcc, which no output has.
 */
public final class MessageEncryptor {
    private MessageEncryptor() {}

    /**
     * Encrypts the message to all recipients of the options, who learn of one another.
     *
     * @throws Failure {@code MESSAGE_MALFORMED}, {@code NO_RECIPIENT_CERTIFICATE} when a recipient's key cannot be used
     *     for encryption, {@code INVALID_PARAMETERS} without recipients
     */
    public static Content encrypt(Content message, EncryptOptions options, Workspace workspace, Progress progress)
            throws Failure, IOException {
        MimeEntity root = MimeScanner.message(message);
        Enveloper enveloper = new Enveloper(options);
        Map<MimeEntity, BodyChange> changes = EntityPlanner.plan(message, root, false, progress);
        ProtectedHeader header = ProtectedHeader.plan(message, root, options.headers(), false, changes);
        header.display(message, root, changes);
        HeaderPolicy outside =
                hidesOutside(root, options.headers()) ? options.headers().policy() : HeaderPolicy.NONE;
        try (ContentWriter out = workspace.writer()) {
            OuterHeader.write(message, root, outside, out);
            line(
                    out,
                    "Content-Type: application/pkcs7-mime; smime-type=" + Enveloper.smimeType(options.cipher()) + ";",
                    " name=\"smime.p7m\"",
                    "Content-Transfer-Encoding: base64",
                    "Content-Disposition: attachment; filename=\"smime.p7m\"",
                    "");
            SignedDataMaker.Source entity = target -> {
                try (EntityWriter writer = new EntityWriter(message, changes, progress, target)) {
                    writer.inner(root, header.fields());
                }
            };
            try (OutputStream base64 = new Base64Lines(out)) {
                enveloper.write(entity, base64);
            }
            return out.finish();
        }
    }

    /** What another step signed or encrypted may not hold what the outside loses, so that stays as it is. */
    private static boolean hidesOutside(MimeEntity root, HeaderProtection headers) {
        return headers.hidesOutside()
                && (headers.step() == HeaderProtection.Step.ENCRYPT_SIGNED || !ProtectedHeader.isClosed(root));
    }
}
