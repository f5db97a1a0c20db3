package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.smime.EncryptOptions;

/** Encrypts bytes as they are: EnvelopedData or AuthEnvelopedData, without MIME. */
public final class CmsEncryptor {
    private CmsEncryptor() {}

    /**
     * Encrypts the data to all recipients; gives a ContentInfo in BER.
     *
     * @throws Failure {@code NO_RECIPIENT_CERTIFICATE} when a recipient's key cannot be used for encryption,
     *     {@code INVALID_PARAMETERS} without recipients
     */
    public static Content encrypt(Content data, EncryptOptions options, Workspace workspace, Progress progress)
            throws Failure, IOException {
        Enveloper enveloper = new Enveloper(options);
        Meter meter = new Meter(progress, data.size());
        try (ContentWriter out = workspace.writer();
                InputStream in = data.open()) {
            enveloper.write(target -> meter.copy(in, target), out);
            return out.finish();
        }
    }
}
