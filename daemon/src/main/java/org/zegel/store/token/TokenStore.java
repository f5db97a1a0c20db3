package org.zegel.store.token;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.CertificateSource;
import org.zegel.store.Locking;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.TokenInfo;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;

/**
 * One token as a store. It stays the same store while the token is away and after it is put in again, in whatever reader;
 * the login ends with the removal.
 */
public final class TokenStore implements Store, CertificateSource, Locking {
    /** How long certificates that were read stay true; another program may write to the token. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final StoreId id;
    private final String name;
    private final TokenKind kind;
    private final Module module;
    private final Clock clock;
    private final TokenName token;
    private final TokenWords words;
    private final TokenLogin login;
    private final Set<IdentityId> confirmed = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Read read;
    private volatile @Nullable Token last;

    private record Read(TokenContents contents, long nanos) {}

    /** @param name what the person knows it by */
    public TokenStore(StoreId id, String name, TokenKind kind, Module module, Token token, Clock clock) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.module = module;
        this.clock = clock;
        this.token = token.name();
        this.words = new TokenWords(name, kind);
        this.login = new TokenLogin(module, kind, name, clock);
        this.last = token;
    }

    /**
     * The token was looked for.
     *
     * @param now null: it is away
     * @param asked {@link System#nanoTime()} from before it was looked for
     */
    public void seen(@Nullable Token now, long asked) {
        login.seen(now, asked);
        last = now;
        if (now == null) {
            read = null;
        }
    }

    /** Whether the token was there when it was last looked for. */
    public boolean isPresent() {
        return last != null;
    }

    /** Whether this module has the token. */
    public boolean isOf(Module other) {
        return module == other;
    }

    /** What tells the token from others. */
    public TokenName tokenName() {
        return token;
    }

    /** The token as it was when it was last looked for; empty when it was away. */
    public Optional<Token> token() {
        return Optional.ofNullable(last);
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public StoreInfo info() {
        return info(last);
    }

    private StoreInfo info(@Nullable Token now) {
        if (now == null) {
            return info(StoreInfo.State.FAILED, words.removed().getMessage());
        }
        boolean open = !now.loginRequired() || login.isUnlocked();
        String problem = now.loginRequired() ? words.problem(now.pin()) : null;
        return info(open ? StoreInfo.State.UNLOCKED : StoreInfo.State.LOCKED, problem);
    }

    @Override
    public Optional<TokenInfo> tokenInfo() {
        Token now = last;
        StoreInfo shown = info(now);
        String through = module.spec().name();
        if (now == null) {
            return Optional.of(new TokenInfo(shown, through, null, TokenInfo.State.ABSENT, null, false));
        }
        boolean open = shown.state() == StoreInfo.State.UNLOCKED;
        return Optional.of(new TokenInfo(
                shown,
                through,
                now.slotName(),
                open ? TokenInfo.State.UNLOCKED : TokenInfo.State.LOCKED,
                now.loginRequired() ? pin(now.pin()) : null,
                now.loginRequired() && now.protectedPath()));
    }

    private static TokenInfo.Pin pin(PinState pin) {
        return switch (pin) {
            case OK -> TokenInfo.Pin.OK;
            case COUNT_LOW -> TokenInfo.Pin.WRONG_GIVEN;
            case FINAL_TRY -> TokenInfo.Pin.LAST_TRY;
            case LOCKED -> TokenInfo.Pin.LOCKED;
            case NOT_SET -> TokenInfo.Pin.NOT_SET;
        };
    }

    private StoreInfo info(StoreInfo.State state, @Nullable String problem) {
        return new StoreInfo(id, kind.name(), name, state, problem);
    }

    @Override
    public List<Identity> identities() throws Failure {
        return contents().identities(id, clock.instant());
    }

    @Override
    public List<X509Certificate> all() throws Failure {
        return contents().others();
    }

    @Override
    public Optional<CertificateSource> certificates() {
        return Optional.of(this);
    }

    @Override
    public Optional<Locking> locking() {
        return Optional.of(this);
    }

    @Override
    public void lock() {
        login.lock();
    }

    @Override
    public BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        if (consent.identity().filter(identity.id()::equals).isEmpty()) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to the use of this identity.");
        }
        login.enter();
        boolean bound = false;
        try {
            login.open(this::current, consent, false);
            Token now = presentToken();
            TokenKey key = key(identity, now, consent);
            Identity own = contents().identities(id, clock.instant()).stream()
                    .filter(each -> each.id().equals(identity.id()))
                    .findFirst()
                    .orElseThrow(words::noKey);
            TokenBoundKey made = new TokenBoundKey(this, own, consent, now, key);
            bound = true;
            return made;
        } finally {
            if (!bound) {
                login.leave();
            }
        }
    }

    /** Read anew where the key is not among what was read before. */
    private TokenKey key(Identity identity, Token now, ConsentGranted consent) throws Failure {
        Optional<TokenKey> known = contents().key(identity.certificate());
        if (known.isPresent()) {
            return known.get();
        }
        Optional<TokenKey> found = readAnew(now).key(identity.certificate());
        if (found.isEmpty() && now.loginRequired() && !current().loggedIn()) {
            // The login was lost without a word, as with a helper that was started anew.
            login.open(this::current, consent, true);
            found = readAnew(current()).key(identity.certificate());
        }
        return found.orElseThrow(words::noKey);
    }

    private Token presentToken() throws Failure {
        Token now = last;
        return now != null ? now : current();
    }

    /** The token as it is now, wherever it is. */
    Token current() throws Failure {
        long asked = System.nanoTime();
        Token now;
        try {
            now = module.tokens().stream()
                    .filter(each -> each.name().equals(token))
                    .findFirst()
                    .orElse(null);
        } catch (ModuleFailure failed) {
            throw words.failure(failed);
        }
        seen(now, asked);
        if (now == null) {
            throw words.removed();
        }
        return now;
    }

    private TokenContents contents() throws Failure {
        Read now = read;
        if (now != null && System.nanoTime() - now.nanos() < FRESH_NANOS) {
            return now.contents();
        }
        return readAnew(presentToken());
    }

    private TokenContents readAnew(Token now) throws Failure {
        try {
            long asked = System.nanoTime();
            boolean open = now.loginRequired() && !now.loggedIn() && login.isUnlocked();
            TokenContents contents = TokenContents.read(module, open ? current() : now, kind);
            Read before = read;
            // What was seen while it was open stays known: which certificates have a key.
            if (before != null && before.contents().complete() && !contents.complete()) {
                contents = contents.withKeysOf(before.contents());
            }
            read = new Read(contents, asked);
            return contents;
        } catch (ModuleFailure failed) {
            throw words.failure(failed);
        }
    }

    Module module() {
        return module;
    }

    TokenLogin login() {
        return login;
    }

    TokenWords words() {
        return words;
    }

    boolean isConfirmed(Identity identity) {
        return confirmed.contains(identity.id());
    }

    void confirm(Identity identity) {
        confirmed.add(identity.id());
    }
}
