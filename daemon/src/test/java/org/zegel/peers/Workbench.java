package org.zegel.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Identity;
import org.zegel.model.MessageFacts;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.SignOptions;
import org.zegel.smime.make.CmsEncryptor;
import org.zegel.smime.make.CmsSigner;
import org.zegel.smime.make.MessageEncryptor;
import org.zegel.smime.make.MessageSigner;
import org.zegel.smime.open.CmsOpener;
import org.zegel.smime.open.MessageOpener;
import org.zegel.store.BoundKey;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;

/** Makes, opens and judges whole messages and bare CMS over arrays, in a world that trusts one root and has its CRL. */
final class Workbench {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final EncryptedSpool spool;
    private final Trust trust;
    private final TrustOptions options;
    private final List<TestBoundKey> keys;

    Workbench(Path directory, TestAuthority root, TestIdentity... keys) throws IOException {
        this.spool = new EncryptedSpool(directory.resolve("spool"), ContentLimits.DEFAULT);
        this.trust = new Trust(() -> List.of(root.certificate()), Clock.fixed(NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        List<X509CRL> crls = List.of(root.crl(List.of()));
        this.options = new TrustOptions(null, List.of(), crls, null, true);
        this.keys = Stream.of(keys).map(TestBoundKey::of).toList();
    }

    /** What came out, the clear bytes read; {@code clear} is null when nothing may be shown. */
    record Opened(MessageFacts facts, Verdict verdict, byte @Nullable [] clear) {
        Verdict.Seal seal() {
            return verdict.seal();
        }

        /** The clear message as text, a character a byte. */
        String text() {
            return new String(Objects.requireNonNull(clear), StandardCharsets.ISO_8859_1);
        }
    }

    byte[] sign(byte[] message, TestIdentity signer, SignOptions.Mode mode) throws Failure, IOException {
        return inWorkspace(workspace -> MessageSigner.sign(
                Content.of(message), TestBoundKey.of(signer), signing(mode), workspace, Progress.NONE));
    }

    byte[] signBytes(byte[] data, TestIdentity signer, SignOptions.Mode mode) throws Failure, IOException {
        return inWorkspace(workspace ->
                CmsSigner.sign(Content.of(data), TestBoundKey.of(signer), signing(mode), workspace, Progress.NONE));
    }

    byte[] encrypt(byte[] message, ContentCipher cipher, X509Certificate... recipients) throws Failure, IOException {
        // Without legacy display elements, so that what others read is what was written.
        HeaderProtection headers = HeaderProtection.encrypting(HeaderPolicy.BASELINE, false);
        EncryptOptions encrypting = new EncryptOptions(cipher, false, List.of(recipients), headers);
        return inWorkspace(
                workspace -> MessageEncryptor.encrypt(Content.of(message), encrypting, workspace, Progress.NONE));
    }

    byte[] encryptBytes(byte[] data, ContentCipher cipher, X509Certificate... recipients) throws Failure, IOException {
        EncryptOptions encrypting = new EncryptOptions(cipher, false, List.of(recipients));
        return inWorkspace(workspace -> CmsEncryptor.encrypt(Content.of(data), encrypting, workspace, Progress.NONE));
    }

    Opened open(byte[] message) throws Failure, IOException {
        try (Workspace workspace = spool.open()) {
            return read(MessageOpener.open(Content.of(message), new Keys(), List.of(), workspace, Progress.NONE));
        }
    }

    /** Opens bare CMS; {@code detached} is the signed content when it is not inside. */
    Opened openCms(byte[] cms, byte @Nullable [] detached) throws Failure, IOException {
        Content content = detached == null ? null : Content.of(detached);
        try (Workspace workspace = spool.open()) {
            return read(CmsOpener.open(Content.of(cms), content, new Keys(), List.of(), workspace, Progress.NONE));
        }
    }

    private Opened read(OpenedMessage opened) throws IOException {
        Content clear = opened.clear();
        return new Opened(
                opened.facts(),
                trust.judge(opened.facts(), options),
                clear == null ? null : clear.bytes(Integer.MAX_VALUE));
    }

    private static SignOptions signing(SignOptions.Mode mode) {
        return new SignOptions(mode, Digest.SHA256, false, NOW);
    }

    private interface Making {
        Content in(Workspace workspace) throws Failure, IOException;
    }

    private byte[] inWorkspace(Making making) throws Failure, IOException {
        try (Workspace workspace = spool.open()) {
            return making.in(workspace).bytes(Integer.MAX_VALUE);
        }
    }

    private final class Keys implements DecryptionKeys {
        @Override
        public List<Identity> identities() {
            return keys.stream().map(TestBoundKey::identity).toList();
        }

        @Override
        public BoundKey bind(Identity identity) {
            return keys.stream()
                    .filter(key -> key.identity().equals(identity))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
