package org.zegel.smime.open;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Progress;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.store.BoundKey;

/**
 * Opens messages in a JVM of its own: {@code OpenHostile PKCS12 SPOOL MESSAGE...}; prints a line for each: file name,
 * milliseconds of the processor, lock, findings.
 */
final class OpenHostile {
    private OpenHostile() {}

    public static void main(String[] arguments) throws Exception {
        DecryptionKeys keys = keys(Path.of(arguments[0]));
        EncryptedSpool spool = new EncryptedSpool(Path.of(arguments[1]), ContentLimits.DEFAULT);
        for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
            Path file = Path.of(name);
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            String said;
            try (Workspace workspace = spool.open()) {
                OpenedMessage opened =
                        MessageOpener.open(new FileContent(file), keys, List.of(), workspace, Progress.NONE);
                said = opened.facts().lock() + " " + opened.facts().findings();
            } catch (Failure failure) {
                said = failure.kind().toString();
            }
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            System.out.println(file.getFileName() + " " + took / 1_000_000 + " " + said);
        }
    }

    static DecryptionKeys keys(Path file) throws Exception {
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
}
