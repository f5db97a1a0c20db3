package org.zegel.app.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.app.config.Settings;
import org.zegel.app.system.CoreDumps;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Secret;
import org.zegel.store.pkcs12.ImportedIdentity;
import org.zegel.store.pkcs12.KeyFileReader;
import org.zegel.store.pkcs12.MemoryStore;

/** Keys from files that were named on the command line, in memory for this call: naming them is the consent. */
final class KeyFiles {
    private static final Set<String> SECRET_OPTIONS = Set.of("--identity", "--passphrase-file");

    private final MemoryStore store;

    private KeyFiles(MemoryStore store) {
        this.store = store;
    }

    /** Prepares, beside the rest, for the secrets that these arguments may name. */
    static void expect(String... arguments) {
        if (Stream.of(arguments).anyMatch(word -> SECRET_OPTIONS.contains(word.split("=", 2)[0]))) {
            CoreDumps.begin();
        }
    }

    /** Reads the files; their passphrase comes from the passphrase file, or is asked for on the terminal. */
    static KeyFiles read(List<Path> files, PassphraseFile passphrase) throws CommandError, Failure {
        if (!files.isEmpty()) {
            // A PEM file may hold its key as it is.
            CoreDumps.forbid();
        }
        Clock clock = Clock.systemUTC();
        MemoryStore store = new MemoryStore("command-line", clock);
        for (Path file : files) {
            byte[] bytes = Input.bytes(file, KeyFileReader.MAX_FILE_BYTES);
            try (Secret given = passphrase.read()) {
                add(store, file, bytes, given);
            }
        }
        return new KeyFiles(store);
    }

    MemoryStore store() {
        return store;
    }

    List<Identity> identities() {
        return store.identities();
    }

    private static void add(MemoryStore store, Path file, byte[] bytes, @Nullable Secret given) throws Failure {
        for (ImportedIdentity each : KeyFileReader.read(bytes, () -> secret(file, given))) {
            try (each) {
                store.add(each.privateKey(), each.certificate(), each.chain());
            }
        }
    }

    private static Secret secret(Path file, @Nullable Secret given) throws Failure {
        if (given != null) {
            return given.copy();
        }
        return Prompters.ofThisProcess(Settings.defaults())
                .askSecret(new SecretQuestion(
                        Callers.thisProcess(),
                        SecretQuestion.Kind.FILE_PASSPHRASE,
                        String.valueOf(file.getFileName()),
                        null,
                        false));
    }
}
