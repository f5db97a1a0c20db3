package org.zegel.store.pkcs12;

import java.util.Map;
import org.zegel.model.Failure;

/** Why a key file could not be read: the reason code for programs and the sentence for people. */
public enum ImportProblem {
    WRONG_PASSPHRASE(
            "wrong-passphrase",
            "The passphrase does not open this file. Try again; if it is right, the file is damaged."),
    UNKNOWN_ALGORITHM(
            "unknown-algorithm",
            "The file uses an algorithm that Zegel does not know. Export it again with AES-256 and a common key type."),
    NO_PRIVATE_KEY(
            "no-private-key",
            "There is no private key in this file. Export the certificate again together with its private key."),
    NOT_A_KEY_FILE(
            "not-a-key-file", "This is not a key file. Choose a PKCS#12 file (.p12, .pfx) or a PEM file with a key."),
    DAMAGED("damaged", "The file is damaged or incomplete. Get it again from where it came."),
    ITERATION_LIMIT(
            "iteration-limit",
            "Opening this file would take too long: its key derivation is set too high. Export it again with less."),
    KEY_CERTIFICATE_MISMATCH(
            "key-certificate-mismatch",
            "No certificate in this file belongs to its private key. Put both in one file and import that."),
    TOO_LARGE("too-large", "The file is too large or holds too many entries. Import a file with your own keys only.");

    private final String reason;
    private final String message;

    ImportProblem(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    /** The stable code, in {@code data.reason} of the failure. */
    public String reason() {
        return reason;
    }

    Failure failure() {
        return new Failure(Failure.Kind.IMPORT_FAILED, message, Map.of("reason", reason));
    }

    boolean is(Failure failure) {
        return failure.kind() == Failure.Kind.IMPORT_FAILED
                && reason.equals(failure.data().get("reason"));
    }
}
