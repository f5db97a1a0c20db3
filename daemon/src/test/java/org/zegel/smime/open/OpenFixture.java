package org.zegel.smime.open;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.Progress;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.store.BoundKey;

/** Opens messages with given keys; what was opened is read at once, and the workspace closed. */
final class OpenFixture {
    private final EncryptedSpool spool;
    private final List<TestBoundKey> keys = new ArrayList<>();
    private final List<X509Certificate> known = new ArrayList<>();
    final List<Identity> bound = new ArrayList<>();

    OpenFixture(Path directory) {
        try {
            spool = new EncryptedSpool(directory, ContentLimits.DEFAULT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What came out, the clear bytes read. */
    record Result(OpenedMessage opened, byte[] clear) {
        String text() {
            return clear == null ? null : new String(clear, StandardCharsets.ISO_8859_1);
        }

        List<Finding> findings() {
            return opened.facts().findings();
        }
    }

    OpenFixture with(TestIdentity... identities) {
        for (TestIdentity identity : identities) {
            keys.add(TestBoundKey.of(identity));
        }
        return this;
    }

    OpenFixture knowing(X509Certificate... certificates) {
        known.addAll(List.of(certificates));
        return this;
    }

    Result open(byte[] message) throws Failure, IOException {
        return read(
                (content, workspace) -> MessageOpener.open(content, new Keys(), known, workspace, Progress.NONE),
                message);
    }

    Result open(String message) throws Failure, IOException {
        return open(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    Result cms(byte[] cms, byte[] detached) throws Failure, IOException {
        Content content = detached == null ? null : Content.of(detached);
        return read(
                (bytes, workspace) -> CmsOpener.open(bytes, content, new Keys(), known, workspace, Progress.NONE), cms);
    }

    private interface Opening {
        OpenedMessage open(Content content, Workspace workspace) throws Failure, IOException;
    }

    private Result read(Opening opening, byte[] bytes) throws Failure, IOException {
        try (Workspace workspace = spool.open()) {
            OpenedMessage opened = opening.open(Content.of(bytes), workspace);
            Content clear = opened.clear();
            return new Result(opened, clear == null ? null : clear.bytes(Integer.MAX_VALUE));
        }
    }

    private final class Keys implements DecryptionKeys {
        @Override
        public List<Identity> identities() {
            return keys.stream().map(TestBoundKey::identity).toList();
        }

        @Override
        public BoundKey bind(Identity identity) {
            bound.add(identity);
            return keys.stream()
                    .filter(key -> key.identity().equals(identity))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
