package org.zegel.smime.open;

import java.nio.file.Path;
import java.util.List;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.model.Progress;
import org.zegel.smime.OpenedMessage;

/** Opens one file in a JVM of its own: {@code OpenLarge MESSAGE PKCS12 SPOOL}; prints what came out. */
final class OpenLarge {
    private OpenLarge() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        long start = System.nanoTime();
        try (Workspace workspace = new EncryptedSpool(Path.of(arguments[2]), ContentLimits.DEFAULT).open()) {
            OpenedMessage opened = MessageOpener.open(
                    new FileContent(file),
                    OpenHostile.keys(Path.of(arguments[1])),
                    List.of(),
                    workspace,
                    Progress.NONE);
            System.out.println(opened.facts().lock() + " "
                    + opened.facts().signers().stream()
                            .map(signer -> signer.integrity().toString())
                            .toList()
                    + " " + opened.clear().size());
        }
        System.err.println((System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
