package org.zegel.store.pkcs12;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** The passphrase of one file, asked for when first needed. */
final class Passphrase implements AutoCloseable {
    private final PassphraseSource source;
    private @Nullable PasswordKeys keys;

    Passphrase(PassphraseSource source) {
        this.source = source;
    }

    /** Keys that were derived before; asks nothing. */
    static Passphrase of(PasswordKeys keys) {
        Passphrase known = new Passphrase(() -> {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        });
        known.keys = keys;
        return known;
    }

    PasswordKeys keys() throws Failure {
        PasswordKeys known = keys;
        if (known == null) {
            known = new PasswordKeys(source.passphrase());
            keys = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }
}
