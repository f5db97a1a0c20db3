package org.zegel.dispatch;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.operation.Call;
import org.zegel.operation.identity.Identities;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;

/** {@code store.*}, {@code token.*} and {@code identity.*}. */
final class StoreCalls {
    private final Operations operations;

    StoreCalls(Operations operations) {
        this.operations = operations;
    }

    Result call(StoreRequest request, Call call, ContentRefs refs) throws Failure, IOException {
        return switch (request) {
            case StoreRequest.ListStores ignored -> stores();
            case StoreRequest.ListTokens ignored -> tokens();
            case StoreRequest.AddStore added -> {
                operations.modules().add(added.kind(), added.path(), call);
                yield new SessionResult.Done(true);
            }
            case StoreRequest.RemoveStore removed -> {
                operations.modules().remove(removed.kind(), removed.path(), call);
                yield new SessionResult.Done(true);
            }
            case StoreRequest.ChangePassphrase change -> {
                String store = change.store();
                operations.stores().changePassphrase(store == null ? null : new StoreId(store), call);
                yield new SessionResult.Done(true);
            }
            case StoreRequest.Lock lock -> {
                String store = lock.store();
                operations.stores().lock(store == null ? null : new StoreId(store), call);
                yield new SessionResult.Done(true);
            }
            case StoreRequest.ListIdentities list -> {
                String address = list.address();
                EmailAddress wanted = address == null ? null : Choices.address("address", address);
                yield identities(operations.identities().list(call.client(), wanted));
            }
            case StoreRequest.ImportIdentity imported ->
                identities(operations.identities().add(refs.read(imported.file()), call));
            case StoreRequest.ExportIdentity export ->
                new StoreResult.Exported(
                        refs.give(operations.identities().export(new IdentityId(export.identity()), call)));
            case StoreRequest.RemoveIdentity removed -> {
                operations.identities().remove(new IdentityId(removed.identity()), call);
                yield new SessionResult.Done(true);
            }
            case StoreRequest.PreferIdentity prefer -> {
                operations
                        .identities()
                        .prefer(
                                call.client(),
                                new IdentityId(prefer.identity()),
                                Choices.address("address", prefer.address()));
                yield new SessionResult.Done(true);
            }
        };
    }

    private StoreResult.Stores stores() throws Failure {
        return new StoreResult.Stores(operations.stores().list().stream()
                .map(store -> new StoreResult.StoreEntry(
                        store.id(), store.kind(), store.name(), store.state(), store.problem()))
                .toList());
    }

    private StoreResult.Tokens tokens() throws Failure {
        return new StoreResult.Tokens(operations.stores().tokens().stream()
                .map(token -> new StoreResult.TokenEntry(
                        token.store(),
                        token.name(),
                        token.module(),
                        token.reader(),
                        token.state(),
                        token.pin(),
                        token.pinAtReader(),
                        token.problem()))
                .toList());
    }

    private static StoreResult.Identities identities(List<Identities.Entry> entries) {
        return new StoreResult.Identities(entries.stream()
                .map(entry -> new StoreResult.IdentityEntry(
                        entry.identity().value(),
                        entry.store().value(),
                        entry.uses().stream()
                                .map(use -> use.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList(),
                        entry.retired(),
                        entry.preferred(),
                        entry.certificate()))
                .toList());
    }
}
