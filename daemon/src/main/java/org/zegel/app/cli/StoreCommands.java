package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zegel store …}: where keys live, and the identities there. */
@CommandLine.Command(
        name = "store",
        description = "Where your keys live, and your identities.",
        subcommands = {
            StoreCommands.ListAll.class,
            StoreCommands.Add.class,
            StoreCommands.Remove.class,
            StoreCommands.Import.class,
            StoreCommands.Export.class,
            StoreCommands.Prefer.class,
            StoreCommands.ChangePassphrase.class,
            StoreCommands.Lock.class
        })
final class StoreCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists stores and identities.")
    static final class ListAll extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            StoreResult.Stores stores = backend.call(StoreResult.Stores.class, new StoreRequest.ListStores());
            StoreResult.Identities identities =
                    backend.call(StoreResult.Identities.class, new StoreRequest.ListIdentities(null));
            if (print.json) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("stores", stores.stores());
                all.put("identities", identities.identities());
                StandardOutput.json(JsonCodec.toJson(all));
                return ExitStatus.DONE;
            }
            List<String> lines = new ArrayList<>();
            for (StoreResult.StoreEntry store : stores.stores()) {
                String problem = store.problem() == null ? "" : ": " + store.problem();
                lines.add(store.store() + "  " + store.name() + " (" + store.state() + ")" + problem);
                identities.identities().stream()
                        .filter(identity -> identity.store().equals(store.store()))
                        .forEach(identity -> lines.add("  " + line(identity)));
            }
            lines.forEach(StandardOutput::line);
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(
            name = "add",
            description = "Uses a PKCS#11 module (the software of a smartcard or token) that was not found by itself.")
    static final class Add extends CallingCommand {
        @Parameters(index = "0", paramLabel = "KIND", description = "pkcs11")
        String kind;

        @Parameters(index = "1", paramLabel = "PATH", description = "The module's shared library.")
        Path library;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new StoreRequest.AddStore(kind, absolute(library))),
                    "The module is used from now on; zegel store list shows what it has.");
        }
    }

    @CommandLine.Command(name = "remove", description = "Takes away a module that was added.")
    static final class Remove extends CallingCommand {
        @Parameters(index = "0", paramLabel = "KIND", description = "pkcs11")
        String kind;

        @Parameters(index = "1", paramLabel = "PATH", description = "The module's shared library.")
        Path library;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new StoreRequest.RemoveStore(kind, absolute(library))),
                    "The module was taken away.");
        }
    }

    private static String absolute(Path library) {
        return library.toAbsolutePath().toString();
    }

    @CommandLine.Command(
            name = "import",
            description = "Takes the keys of a PKCS#12 or PEM file into Zegel's own store; asks for the passphrases.")
    static final class Import extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "A .p12, .pfx or PEM file with a key.")
        Path file;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            StoreResult.Identities taken =
                    backend.call(StoreResult.Identities.class, new StoreRequest.ImportIdentity(content(backend, file)));
            answer(taken, taken.identities().stream().map(StoreCommands::line).toList());
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(
            name = "export",
            description = "Writes an identity with its key as PKCS#12, under a passphrase that it asks for.")
    static final class Export extends CallingCommand {
        @Parameters(paramLabel = "ID", description = "As zegel store list shows it.")
        String identity;

        @Option(names = "--out", paramLabel = "FILE", description = "Where it goes; default stdout.")
        @Nullable
        Path out;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            StoreResult.Exported exported =
                    backend.call(StoreResult.Exported.class, new StoreRequest.ExportIdentity(identity));
            Output.write(out, true, stream -> new Contents(backend).receive(exported.file(), stream));
            Written.tell(print.json, out);
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(name = "prefer", description = "Signs with this identity when an address has several.")
    static final class Prefer extends CallingCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "As zegel store list shows it.")
        String identity;

        @Parameters(index = "1", paramLabel = "ADDRESS", description = "For mail from this address.")
        String address;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new StoreRequest.PreferIdentity(identity, address)),
                    "Mail from " + address + " is signed with this identity.");
        }
    }

    @CommandLine.Command(
            name = "change-passphrase",
            description = "Asks for the old and the new passphrase of a store.")
    static final class ChangePassphrase extends CallingCommand {
        @Parameters(arity = "0..1", paramLabel = "STORE", description = "Default: Zegel's own.")
        @Nullable
        String store;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new StoreRequest.ChangePassphrase(store)),
                    "The passphrase is changed.");
        }
    }

    @CommandLine.Command(
            name = "lock",
            description = "Forgets what was unlocked: the next use of a key asks for its passphrase again.")
    static final class Lock extends CallingCommand {
        @Parameters(arity = "0..1", paramLabel = "STORE", description = "Default: all of them.")
        @Nullable
        String store;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(backend.call(SessionResult.Done.class, new StoreRequest.Lock(store)), "Your keys are locked.");
        }
    }

    static String line(StoreResult.IdentityEntry identity) {
        String state = (identity.retired() ? ", retired" : "") + (identity.preferred() ? ", preferred" : "");
        return identity.identity() + "  " + VerdictWords.of(identity.certificate()) + " ["
                + String.join(", ", identity.uses()) + state + "]";
    }
}
