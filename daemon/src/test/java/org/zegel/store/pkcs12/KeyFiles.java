package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Shorthand of the tests for reading key files. */
final class KeyFiles {
    static final PassphraseSource NEVER = () -> {
        throw new AssertionError("asked for a passphrase that the file does not need");
    };

    private KeyFiles() {}

    static PassphraseSource typing(String passphrase) {
        return () -> Secret.takeOver(passphrase.toCharArray());
    }

    static List<ImportedIdentity> read(byte[] file, String passphrase) throws Failure {
        return KeyFileReader.read(file, typing(passphrase));
    }

    /** The reason code that reading fails with. */
    static Object refusal(byte[] file, PassphraseSource source) {
        Failure failure = catchThrowableOfType(Failure.class, () -> KeyFileReader.read(file, source));
        return failure == null ? "read" : failure.data().get("reason");
    }

    static byte[] concat(byte[]... parts) {
        List<Byte> all = new ArrayList<>();
        for (byte[] part : parts) {
            for (byte b : part) {
                all.add(b);
            }
        }
        byte[] joined = new byte[all.size()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = all.get(i);
        }
        return joined;
    }
}
