package org.zegel.operation.store;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.PlannedChange;
import org.zegel.model.Failure;
import org.zegel.model.StoreId;
import org.zegel.operation.Administration;
import org.zegel.operation.Call;
import org.zegel.operation.ChangeLog;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.Stores;
import org.zegel.store.TokenInfo;

/** Lists the places where keys live and the tokens among them, locks them, and changes the passphrase of one. */
public final class KeyStores {
    /** The operation of the line about keys that were locked. */
    public static final String LOCK = "token.lock";

    private final Stores stores;
    private final Consent consent;
    private final ChangeLog changes;

    public KeyStores(Stores stores, Consent consent, ChangeLog changes) {
        this.stores = stores;
        this.consent = consent;
        this.changes = changes;
    }

    /** {@code state}: {@code empty}, {@code locked}, {@code unlocked} or {@code failed}. */
    public record Entry(
            String id,
            String kind,
            String name,
            String state,
            @Nullable String problem) {}

    public List<Entry> list() {
        return stores.all().stream().map(Store::info).map(KeyStores::entry).toList();
    }

    /**
     * @param state {@code absent}, {@code locked}, {@code unlocked} or {@code failed}
     * @param pin {@code ok}, {@code wrong-given}, {@code last-try}, {@code locked} or {@code not-set}; null: not known, or
     *     none is needed
     */
    public record TokenEntry(
            String store,
            String name,
            String module,
            @Nullable String reader,
            String state,
            @Nullable String pin,
            boolean pinAtReader,
            @Nullable String problem) {}

    /** Those in the readers, and those that were there since Zegel started. */
    public List<TokenEntry> tokens() {
        return stores.tokens().stream().map(KeyStores::entry).toList();
    }

    /** Asks for the old and the new passphrase; null means Zegel's own store. */
    public void changePassphrase(@Nullable StoreId store, Call call) throws Failure {
        Store chosen = Administration.store(stores, store);
        String name = chosen.info().name();
        AuditEvent line = AuditEvent.of(call.client(), "store.changePassphrase").withDetail(name);
        changes.<@Nullable Object>outside(
                line,
                begin -> {
                    ConsentGranted granted = consent.forChange(call.client(), new PlannedChange.ChangePassphrase(name));
                    Administration.of(chosen).changePassphrase(granted, added -> begin.of(line));
                    return null;
                },
                done -> List.of(line));
    }

    /**
     * Wipes what is unlocked, of one store or of all, and forgets every yes for a while; the next use asks again. There
     * is a line of the audit log where something was unlocked.
     *
     * @throws Failure {@code STORE_NOT_FOUND}
     */
    public void lock(@Nullable StoreId store, Call call) throws Failure {
        List<String> locked = store == null ? stores.lock() : stores.lock(Administration.store(stores, store));
        consent.forgetYesesForAWhile();
        if (!locked.isEmpty()) {
            changes.add(AuditEvent.of(call.client(), LOCK).withDetail(String.join(", ", locked)));
        }
    }

    private static TokenEntry entry(TokenInfo token) {
        TokenInfo.Pin pin = token.pin();
        return new TokenEntry(
                token.store().id().value(),
                token.store().name(),
                token.module(),
                token.reader(),
                word(token.state()),
                pin == null ? null : word(pin),
                token.pinAtReader(),
                token.store().problem());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Entry entry(StoreInfo info) {
        return new Entry(info.id().value(), info.kind(), info.name(), word(info.state()), info.problem());
    }
}
