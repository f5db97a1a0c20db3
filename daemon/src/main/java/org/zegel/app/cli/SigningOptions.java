package org.zegel.app.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who signs, and how. */
final class SigningOptions {
    /** Form of a signature. */
    enum Mode {
        detached,
        opaque
    }

    /** Digest of a signature. */
    enum DigestName {
        sha256,
        sha384,
        sha512
    }

    /** What is hidden of the header of an encrypted message. */
    enum HeadersName {
        baseline,
        shy,
        none,
        off
    }

    @Option(
            names = "--identity",
            paramLabel = "WHO",
            description =
                    "Id or address of an identity, or a key FILE (PKCS#12, or PEM key and certificate) for this call"
                            + " only. Default: the one for the From address.")
    @Nullable
    String identity;

    @Mixin
    PassphraseFile passphrase;

    @Option(names = "--mode", description = "${COMPLETION-CANDIDATES}; default detached (readable without S/MIME).")
    @Nullable
    Mode mode;

    @Option(names = "--digest", description = "${COMPLETION-CANDIDATES}; default sha256.")
    @Nullable
    DigestName digest;

    @Option(names = "--pss", description = "Sign with RSASSA-PSS instead of PKCS#1 v1.5 (RSA keys).")
    boolean pss;

    @Option(
            names = "--headers",
            description =
                    "What an encrypted message hides of its header: ${COMPLETION-CANDIDATES}; default baseline (the"
                            + " subject). With off the header is not protected at all, in a signed message either.")
    @Nullable
    HeadersName headers;

    @Nullable
    String headersName() {
        return headers == null ? null : headers.name();
    }

    @Nullable
    String modeName() {
        return mode == null ? null : mode.name().toLowerCase(Locale.ROOT);
    }

    @Nullable
    String digestName() {
        return digest == null ? null : digest.name().toLowerCase(Locale.ROOT);
    }

    @Nullable
    String scheme() {
        return pss ? "pss" : null;
    }
}
