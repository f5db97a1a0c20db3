package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.smime.SignOptions;
import org.zegel.store.BoundKey;

/** Signs bytes as they are: SignedData of RFC 5652, without MIME. */
public final class CmsSigner {
    private CmsSigner() {}

    /**
     * Signs the data. Detached gives a ContentInfo in DER without the data, opaque one in BER around it.
     *
     * @throws Failure {@code IDENTITY_UNSUITABLE}, {@code CERTIFICATE_EXPIRED}, or what the key says
     */
    public static Content sign(Content data, BoundKey key, SignOptions options, Workspace workspace, Progress progress)
            throws Failure, IOException {
        SignedDataMaker maker = new SignedDataMaker(key, options);
        Meter meter = new Meter(progress, data.size());
        try (ContentWriter out = workspace.writer();
                InputStream in = data.open()) {
            switch (options.mode()) {
                case DETACHED -> {
                    meter.copy(in, maker.digesting(OutputStream.nullOutputStream()));
                    out.write(maker.detached());
                }
                case OPAQUE -> maker.encapsulated(target -> meter.copy(in, target), out);
            }
            return out.finish();
        }
    }
}
