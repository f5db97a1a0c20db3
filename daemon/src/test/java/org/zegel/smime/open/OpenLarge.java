package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Identity;
import org.zegel.model.Progress;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.store.BoundKey;

/** Opens one file in a JVM of its own: {@code OpenLarge MESSAGE PKCS12 SPOOL}; prints what came out. */
final class OpenLarge {
    private OpenLarge() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        long start = System.nanoTime();
        try (Workspace workspace = new EncryptedSpool(Path.of(arguments[2]), ContentLimits.DEFAULT).open()) {
            OpenedMessage opened = MessageOpener.open(
                    new FileContent(file), keys(Path.of(arguments[1])), List.of(), workspace, Progress.NONE);
            System.out.println(opened.facts().lock() + " "
                    + opened.facts().signers().stream()
                            .map(signer -> signer.integrity().toString())
                            .toList()
                    + " " + opened.clear().size());
        }
        System.err.println((System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static DecryptionKeys keys(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "secret".toCharArray());
        }
        String alias = store.aliases().nextElement();
        TestBoundKey key = TestBoundKey.of(new TestIdentity(
                (X509Certificate) store.getCertificate(alias),
                (PrivateKey) store.getKey(alias, "secret".toCharArray()),
                List.of()));
        return new DecryptionKeys() {
            @Override
            public List<Identity> identities() {
                return List.of(key.identity());
            }

            @Override
            public BoundKey bind(Identity identity) {
                return key;
            }
        };
    }

    /** A file as it is. */
    private record FileContent(Path file) implements Content {
        @Override
        public long size() {
            try {
                return Files.size(file);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
