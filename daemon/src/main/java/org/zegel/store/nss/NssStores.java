package org.zegel.store.nss;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.StoreId;
import org.zegel.store.Store;
import org.zegel.store.StoreSource;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.Modules;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.token.TokenKind;
import org.zegel.store.token.TokenStore;

/**
 * A store for each profile of a Mozilla program or Chromium, read and never written; one helper process for all. A profile
 * that cannot be opened is a store that says why.
 */
public final class NssStores implements StoreSource {
    static final String KIND = "nss";

    private static final Logger LOG = LoggerFactory.getLogger(NssStores.class);

    private final ProfileFinder finder;
    private final Optional<Path> library;
    private final Modules modules;
    private final Clock clock;
    private final TokenKind kind;

    /** Guarded by this. */
    private final Map<StoreId, TokenStore> known = new LinkedHashMap<>();

    /** Those that NSS did not open, guarded by this: one of them would keep it from opening any. */
    private final Set<Profile> damaged = new HashSet<>();

    /**
     * @param library NSS's own module; empty where it is not installed
     * @param unlockedFor how long a primary password counts after it was given; zero: for that use alone
     */
    public NssStores(ProfilePlaces places, Optional<Path> library, Modules modules, Clock clock, Duration unlockedFor) {
        this.finder = new ProfileFinder(places);
        this.library = library;
        this.modules = modules;
        this.clock = clock;
        this.kind = new TokenKind(
                KIND,
                SecretQuestion.Kind.PASSPHRASE,
                "The program that the profile belongs to can set its primary password.",
                unlockedFor,
                true);
    }

    @Override
    public synchronized List<Store> stores() {
        List<Profile> found = finder.find();
        damaged.retainAll(found);
        List<Profile> usable =
                found.stream().filter(each -> each.problem() == null).toList();
        Map<StoreId, Store> opened = usable.isEmpty() || library.isEmpty() ? Map.of() : open(library.get(), usable);
        forgetAllBut(opened);
        return found.stream()
                .map(profile -> Optional.ofNullable(opened.get(profile.id())).orElseGet(() -> unusable(profile)))
                .toList();
    }

    private UnusableProfile unusable(Profile profile) {
        String problem = profile.problem();
        if (problem == null) {
            problem = library.isEmpty()
                    ? "NSS's own module (softokn3) is not on this machine. Install NSS; on Debian: libnss3."
                    : "NSS cannot open this profile's certificate database. Start its program once, then Zegel again.";
        }
        return new UnusableProfile(profile.id(), profile.title(), problem);
    }

    private Map<StoreId, Store> open(Path module, List<Profile> profiles) {
        List<Profile> whole =
                profiles.stream().filter(each -> !damaged.contains(each)).toList();
        try {
            return stores(module, whole);
        } catch (ModuleFailure failed) {
            LOG.info("profiles cannot be opened together", failed);
        }
        List<Profile> good = new ArrayList<>();
        for (Profile each : whole) {
            if (opensAlone(module, each)) {
                good.add(each);
            }
        }
        if (good.isEmpty() || good.size() == whole.size()) {
            return Map.of();
        }
        whole.stream().filter(each -> !good.contains(each)).forEach(damaged::add);
        try {
            return stores(module, good);
        } catch (ModuleFailure failed) {
            LOG.warn("profiles cannot be opened", failed);
            return Map.of();
        }
    }

    private boolean opensAlone(Path module, Profile profile) {
        try (Module alone = modules.open(spec(module, List.of(profile)))) {
            return !alone.tokens().isEmpty();
        } catch (Exception failed) {
            LOG.info("a profile cannot be opened", failed);
            return false;
        }
    }

    private static ModuleSpec spec(Path module, List<Profile> profiles) {
        return new ModuleSpec("NSS", module, NssArguments.of(profiles));
    }

    private Map<StoreId, Store> stores(Path library, List<Profile> profiles) throws ModuleFailure {
        if (profiles.isEmpty()) {
            return Map.of();
        }
        Module module = modules.open(spec(library, profiles));
        long asked = System.nanoTime();
        Map<String, Token> tokens = module.tokens().stream()
                .collect(Collectors.toMap(Token::label, Function.identity(), (one, two) -> one));
        Map<StoreId, Store> stores = new LinkedHashMap<>();
        for (Profile profile : profiles) {
            Token token = tokens.get(NssArguments.label(profile));
            if (token != null) {
                stores.put(profile.id(), store(profile, module, token, asked));
            }
        }
        return stores;
    }

    private TokenStore store(Profile profile, Module module, Token token, long asked) {
        @Nullable TokenStore before = known.get(profile.id());
        if (before != null && before.isOf(module)) {
            before.seen(token, asked);
            return before;
        }
        if (before != null) {
            before.lock();
        }
        TokenStore made = new TokenStore(profile.id(), profile.title(), kind, module, token, clock);
        known.put(profile.id(), made);
        return made;
    }

    private void forgetAllBut(Map<StoreId, Store> there) {
        List<StoreId> gone =
                known.keySet().stream().filter(id -> !there.containsKey(id)).toList();
        for (StoreId id : gone) {
            TokenStore store = known.remove(id);
            if (store != null) {
                store.lock();
            }
        }
    }

    @Override
    public synchronized List<Store> known() {
        return List.copyOf(known.values());
    }
}
