package org.zegel.store.pkcs11;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.StoreId;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.StoreSource;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.Modules;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.pkcs11.FoundModules.FoundModule;
import org.zegel.store.token.TokenKind;
import org.zegel.store.token.TokenStore;

/**
 * A store for each token in a reader, and one that says what is wrong for each module, or card, that cannot be used. The
 * same token by two modules is one store: the first module's.
 */
public final class Pkcs11Stores implements StoreSource {
    static final String KIND = "pkcs11";

    /** Tokens that are remembered while they are away. */
    private static final int MAX_KNOWN = 100;

    private static final int ID_BYTES = 8;

    private final FoundModules found;
    private final Modules modules;
    private final Clock clock;
    private final TokenKind kind;
    private final BooleanSupplier cardService;
    private final Map<ModuleSpec, Look> looks = new ConcurrentHashMap<>();

    /** Guarded by this. */
    private final Map<StoreId, TokenStore> tokens = new LinkedHashMap<>();

    /**
     * @param unlockedFor how long a PIN counts after it was given; zero: for that use alone
     * @param cardService whether the system's service for readers (PC/SC) runs; true where that cannot be told
     */
    public Pkcs11Stores(
            FoundModules found, Modules modules, Clock clock, Duration unlockedFor, BooleanSupplier cardService) {
        this.found = found;
        this.modules = modules;
        this.clock = clock;
        this.cardService = cardService;
        this.kind = new TokenKind(
                KIND,
                SecretQuestion.Kind.PIN,
                "The card's own program changes it or unblocks it, with its PUK.",
                unlockedFor,
                false);
    }

    @Override
    public List<Store> stores() {
        List<FoundModule> all = found.modules();
        List<Look> begun = new ArrayList<>();
        for (FoundModule each : all) {
            if (each.problem() == null) {
                begun.add(looks.computeIfAbsent(each.spec(), spec -> new Look(modules.open(spec)))
                        .begin());
            }
        }
        endThoseGone(all);
        Map<StoreId, Store> stores = new LinkedHashMap<>();
        for (Look look : begun) {
            add(stores, look.module(), look.await());
        }
        for (FoundModule each : all) {
            if (each.problem() != null) {
                put(stores, failed(each.spec(), "", each.problem()));
            }
        }
        return List.copyOf(stores.values());
    }

    /** A module that is used no more has no helper, and its tokens are nobody's. */
    private void endThoseGone(List<FoundModule> all) {
        List<ModuleSpec> used = all.stream()
                .filter(each -> each.problem() == null)
                .map(FoundModule::spec)
                .toList();
        for (ModuleSpec spec : List.copyOf(looks.keySet())) {
            Look gone = used.contains(spec) ? null : looks.remove(spec);
            if (gone != null) {
                forgetAll(gone.module());
                gone.end();
            }
        }
    }

    private synchronized void forgetAll(Module module) {
        long now = System.nanoTime();
        tokens.values().removeIf(store -> {
            boolean isGone = store.isOf(module);
            if (isGone) {
                store.seen(null, now);
            }
            return isGone;
        });
    }

    private void add(Map<StoreId, Store> stores, Module module, Look.Outcome outcome) {
        String problem = outcome.problem();
        if (problem != null) {
            put(stores, failed(module.spec(), "", problem));
        }
        if (outcome.isNew()) {
            forgetThoseAway(module, outcome);
        }
        if (problem == null && outcome.slots().stream().allMatch(Pkcs11Stores::isEmpty)) {
            put(stores, empty(module.spec(), outcome.slots()));
        }
        for (Slot slot : outcome.slots()) {
            Token token = slot.token();
            if (token != null) {
                put(stores, store(module, token, outcome.asked()));
            } else if (slot.problem() != null) {
                put(stores, failed(module.spec(), slot.name(), ModuleWords.problem(slot.problem())));
            }
        }
    }

    private static boolean isEmpty(Slot slot) {
        return slot.token() == null && slot.problem() == null;
    }

    private static void put(Map<StoreId, Store> stores, Store store) {
        stores.putIfAbsent(store.id(), store);
    }

    private synchronized void forgetThoseAway(Module module, Look.Outcome outcome) {
        List<TokenName> there = outcome.slots().stream()
                .map(Slot::token)
                .filter(Objects::nonNull)
                .map(Token::name)
                .toList();
        tokens.values().stream()
                .filter(store -> store.isOf(module) && !there.contains(store.tokenName()))
                .forEach(store -> store.seen(null, outcome.asked()));
    }

    private synchronized TokenStore store(Module module, Token token, long asked) {
        StoreId id = id(token.name());
        TokenStore known = tokens.get(id);
        if (known != null && (known.isOf(module) || known.isPresent())) {
            if (known.isOf(module)) {
                known.seen(token, asked);
            }
            return known;
        }
        if (tokens.size() >= MAX_KNOWN) {
            tokens.values().removeIf(store -> !store.isPresent());
        }
        TokenStore made = new TokenStore(id, name(token), kind, module, token, clock);
        tokens.put(id, made);
        return made;
    }

    @Override
    public synchronized List<Store> known() {
        return List.copyOf(tokens.values());
    }

    private static String name(Token token) {
        return token.label().isEmpty() ? token.slotName() : token.label();
    }

    /** Of what the token says of itself: the same in every reader, with every module path. */
    static StoreId id(TokenName token) {
        return new StoreId(KIND + "-" + hash(token.manufacturer(), token.serial(), token.label()));
    }

    private static ModuleStore failed(ModuleSpec module, String reader, String problem) {
        return new ModuleStore(idOf(module, reader), module.name(), reader, StoreInfo.State.FAILED, problem);
    }

    /** A module may go on naming the readers of a service that ended. */
    private ModuleStore empty(ModuleSpec module, List<Slot> slots) {
        boolean noService = slots.stream().allMatch(Slot::removable) && !cardService.getAsBoolean();
        return new ModuleStore(
                idOf(module, ""),
                module.name(),
                "",
                noService ? StoreInfo.State.FAILED : StoreInfo.State.EMPTY,
                ModuleWords.nothingThere(slots.isEmpty(), noService));
    }

    private static StoreId idOf(ModuleSpec module, String reader) {
        return new StoreId(KIND + "-" + hash("module", module.library().toString(), reader));
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
