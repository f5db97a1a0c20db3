package org.zegel.smime.make;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Progress;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.SignOptions;

/** Runs what is tested over arrays, through a real spool. */
final class Made {
    static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    private final EncryptedSpool spool;

    Made(Path directory) throws IOException {
        spool = new EncryptedSpool(directory.resolve("spool"), ContentLimits.DEFAULT);
    }

    static SignOptions options(SignOptions.Mode mode) {
        return new SignOptions(mode, Digest.SHA256, false, NOW);
    }

    byte[] sign(byte[] message, TestIdentity signer, SignOptions options) throws Failure, IOException {
        try (Workspace workspace = spool.open()) {
            return read(MessageSigner.sign(
                    Content.of(message), TestBoundKey.of(signer), options, workspace, Progress.NONE));
        }
    }

    byte[] signBytes(byte[] data, TestIdentity signer, SignOptions options) throws Failure, IOException {
        try (Workspace workspace = spool.open()) {
            return read(CmsSigner.sign(Content.of(data), TestBoundKey.of(signer), options, workspace, Progress.NONE));
        }
    }

    byte[] encrypt(byte[] message, ContentCipher cipher, boolean oaep, X509Certificate... recipients)
            throws Failure, IOException {
        // Without legacy display elements, so that what others read is what was written.
        HeaderProtection headers = HeaderProtection.encrypting(HeaderPolicy.BASELINE, false);
        EncryptOptions options = new EncryptOptions(cipher, oaep, List.of(recipients), headers);
        try (Workspace workspace = spool.open()) {
            return read(MessageEncryptor.encrypt(Content.of(message), options, workspace, Progress.NONE));
        }
    }

    byte[] encrypt(byte[] message, HeaderProtection headers, X509Certificate... recipients)
            throws Failure, IOException {
        EncryptOptions options = new EncryptOptions(ContentCipher.AES_128_CBC, false, List.of(recipients), headers);
        try (Workspace workspace = spool.open()) {
            return read(MessageEncryptor.encrypt(Content.of(message), options, workspace, Progress.NONE));
        }
    }

    byte[] encryptBytes(byte[] data, ContentCipher cipher, boolean oaep, X509Certificate... recipients)
            throws Failure, IOException {
        EncryptOptions options = new EncryptOptions(cipher, oaep, List.of(recipients));
        try (Workspace workspace = spool.open()) {
            return read(CmsEncryptor.encrypt(Content.of(data), options, workspace, Progress.NONE));
        }
    }

    private static byte[] read(Content content) throws IOException {
        return content.bytes(Integer.MAX_VALUE);
    }
}
