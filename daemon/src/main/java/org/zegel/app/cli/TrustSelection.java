package org.zegel.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.trust.TrustOptions;
import picocli.CommandLine.Option;

/** What a judgement is to be based on, instead of what is configured. */
final class TrustSelection {
    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Trust these CA certificates (PEM or DER) and no others. Repeatable.")
    List<Path> trust = new ArrayList<>();

    @Option(
            names = "--extra",
            paramLabel = "FILE-or-DIR",
            description = "Certificates and CRLs to use (PEM or DER). Repeatable.")
    List<Path> extra = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Judge as of this moment, such as 2026-01-31T12:00:00Z.")
    @Nullable
    Instant at;

    @Option(names = "--offline", description = "Use no network for revocation and issuers.")
    boolean offline;

    /** Whether the call has to stay in this process. */
    boolean isOfThisCall() {
        return !trust.isEmpty() || !extra.isEmpty() || at != null;
    }

    /** Reads the files named. */
    TrustOptions read(Words words) throws CommandError {
        TrustFiles anchors = new TrustFiles(words);
        for (Path file : trust) {
            anchors.read(file);
        }
        if (!trust.isEmpty() && anchors.certificates().isEmpty()) {
            throw new CommandError("certificate-not-found", "There is no certificate in the files given with --trust.");
        }
        TrustFiles extras = new TrustFiles(words);
        for (Path each : extra) {
            extras.readAll(each);
        }
        return new TrustOptions(
                trust.isEmpty() ? null : anchors.certificates(), extras.certificates(), extras.crls(), at, offline);
    }
}
