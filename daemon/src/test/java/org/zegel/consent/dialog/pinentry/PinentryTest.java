package org.zegel.consent.dialog.pinentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real programs never say, or not in a test. */
class PinentryTest {
    @TempDir
    Path folder;

    @Test
    void aSecretOfSeveralLinesIsRefusedInsteadOfCut() throws Exception {
        try (Pinentry whole = answering("D half%20a secret");
                Pinentry.Typed typed = whole.pin()) {
            assertThat(typed.secret().characters()).isEqualTo("half a secret".toCharArray());
        }
        try (Pinentry split = answering("D half a", "D  secret")) {
            assertThatThrownBy(split::pin)
                    .isInstanceOfSatisfying(
                            PinentryException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(PinentryException.Reason.UNUSABLE));
        }
    }

    /** A program that answers thus when it is asked for a secret. */
    private Pinentry answering(String... lines) throws IOException {
        Path program = Files.writeString(
                folder.resolve("pinentry-" + lines.length),
                "#!/bin/sh\necho OK\nwhile read -r line; do\n  if [ \"$line\" = GETPIN ]; then\n    printf '%s\\n' '"
                        + String.join("' '", lines) + "'\n  fi\n  echo OK\ndone\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return Pinentry.start(program, null, "xterm", "C.UTF-8");
    }
}
