package org.zegel.app.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import org.zegel.trust.TrustOptions;

/**
 * Who signs or sends, and which backend has that identity: a key file stays in this process.
 *
 * @param identity id of the identity; null where the message's From decides
 */
record Signer(Backend backend, @Nullable String identity) implements AutoCloseable {
    private static final String ID = "[0-9a-f]{32}";

    static Signer choose(SigningOptions options, DoorOptions door) throws CommandError, RequestError, Failure {
        String who = options.identity;
        if (who == null) {
            return new Signer(Backends.open(door), null);
        }
        if (isFile(who)) {
            KeyFiles keys = KeyFiles.read(List.of(Path.of(who)), options.passphrase);
            return new Signer(Backends.ofThisCall(keys, TrustOptions.DEFAULT), ofFile(keys, who));
        }
        if (who.matches(ID)) {
            return new Signer(Backends.open(door), who);
        }
        if (!who.contains("@") || who.contains("/")) {
            throw new CommandError(
                    "identity-not-found", "There is no file " + who + ", and it is no address and no identity's id.");
        }
        Backend backend = Backends.open(door);
        try {
            return new Signer(backend, ofAddress(backend, who));
        } catch (RequestError | CommandError | RuntimeException none) {
            backend.close();
            throw none;
        }
    }

    private static boolean isFile(String who) {
        try {
            return Files.exists(Path.of(who));
        } catch (InvalidPathException address) {
            return false;
        }
    }

    private static String ofFile(KeyFiles keys, String file) throws CommandError {
        return keys.identities().stream()
                .filter(identity -> identity.uses().contains(Identity.KeyUse.SIGN))
                .min(Comparator.comparing(Identity::retired))
                .or(() -> keys.identities().stream().findFirst())
                .map(identity -> identity.id().value())
                .orElseThrow(() -> new CommandError("identity-not-found", "There is no key in " + file + "."));
    }

    private static String ofAddress(Backend backend, String address) throws CommandError, RequestError {
        List<StoreResult.IdentityEntry> usable =
                backend
                        .call(StoreResult.Identities.class, new StoreRequest.ListIdentities(address))
                        .identities()
                        .stream()
                        .filter(identity ->
                                !identity.retired() && identity.uses().contains("sign"))
                        .toList();
        List<StoreResult.IdentityEntry> preferred =
                usable.stream().filter(StoreResult.IdentityEntry::preferred).toList();
        List<StoreResult.IdentityEntry> left = preferred.isEmpty() ? usable : preferred;
        if (left.isEmpty()) {
            throw new CommandError(
                    "identity-not-found", "No identity for " + address + " can sign. zegel store list shows yours.");
        }
        if (left.size() > 1) {
            throw new CommandError(
                    "identity-ambiguous",
                    "Several identities for " + address + " can sign; name one by its id, or choose with zegel store"
                            + " prefer.");
        }
        return left.getFirst().identity();
    }

    @Override
    public void close() {
        backend.close();
    }
}
