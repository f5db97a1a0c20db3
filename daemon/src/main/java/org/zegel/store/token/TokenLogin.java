package org.zegel.store.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Secret;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.Token;

/**
 * The login of one token, shared by all who use its keys. The token itself remembers that it was logged in, so no PIN is
 * kept; when the login's time is over it is logged out. One person is asked at a time, and each PIN is given to the token
 * once.
 */
final class TokenLogin {
    private static final Logger LOG = LoggerFactory.getLogger(TokenLogin.class);

    /** How often a person is asked in one use, at most. */
    private static final int TRIES = 5;

    private static final long LOGOUT_SECONDS = 2;

    private final Module module;
    private final TokenKind kind;
    private final TokenWords words;
    private final String name;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Held held;

    /** Guarded by this. */
    private int users;

    private volatile boolean lastWrong;

    /** Counts from then on; where the clock is set back before that, its time is over too. */
    private record Held(Token token, Instant from, Instant until, long nanos) {
        boolean isInTime(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    TokenLogin(Module module, TokenKind kind, String name, Clock clock) {
        this.module = module;
        this.kind = kind;
        this.name = name;
        this.words = new TokenWords(name, kind);
        this.clock = clock;
    }

    /** Where the token is found. */
    interface Current {
        Token token() throws Failure;
    }

    boolean isUnlocked() {
        Held now = held;
        return now != null && now.isInTime(clock.instant());
    }

    /** Somebody uses keys; every enter has its {@link #leave}. */
    synchronized void enter() {
        users++;
    }

    void leave() {
        boolean last;
        synchronized (this) {
            users--;
            last = users == 0;
        }
        if (last && !isUnlocked()) {
            logout();
        }
    }

    /**
     * Logs in where that is needed.
     *
     * @param renew the token said that it is logged in no more
     */
    void open(Current current, ConsentGranted consent, boolean renew) throws Failure {
        long asked = System.nanoTime();
        turn.lock();
        try {
            Held now = held;
            if (now != null && now.isInTime(clock.instant()) && !(renew && now.nanos() < asked)) {
                return;
            }
            Token token = current.token();
            if (token.loginRequired()) {
                logIn(token, current, consent);
            }
        } finally {
            turn.unlock();
        }
    }

    private void logIn(Token token, Current current, ConsentGranted consent) throws Failure {
        Token now = token;
        for (int attempt = 1; ; attempt++) {
            try (Secret pin = ask(now, consent, kind.secret())) {
                module.login(now, pin);
                lastWrong = false;
                hold(now);
                return;
            } catch (ModuleFailure failed) {
                lastWrong = failed.kind() == ModuleFailure.Kind.PIN_INCORRECT;
                if (!lastWrong || attempt == TRIES) {
                    throw words.failure(failed);
                }
            }
            now = current.token();
        }
    }

    /**
     * Asks for the PIN of one use of a key that wants it each time; null: it is typed at the reader. The PIN that was
     * typed to log in is never given again: each time the token wants to see it, the person knows.
     */
    @Nullable
    Secret askForUse(Token token, ConsentGranted consent) throws Failure {
        return ask(token, consent, SecretQuestion.Kind.PIN_FOR_USE);
    }

    private @Nullable Secret ask(Token token, ConsentGranted consent, SecretQuestion.Kind what) throws Failure {
        PinState pin = token.pin();
        if (pin == PinState.LOCKED) {
            throw words.locked();
        }
        if (pin == PinState.NOT_SET) {
            throw words.unset();
        }
        // A token that counts, and was given a wrong one by whomever, says so.
        boolean wrong = lastWrong || pin == PinState.COUNT_LOW;
        if (token.protectedPath()) {
            consent.announcePinAtReader(name, pin == PinState.FINAL_TRY, wrong);
            return null;
        }
        Integer left = pin == PinState.FINAL_TRY ? 1 : null;
        return consent.askSecret(what, name, left, wrong);
    }

    /** What the token said of a PIN that was given for one use. */
    void note(boolean wrong) {
        lastWrong = wrong;
    }

    private void hold(Token token) {
        Instant now = clock.instant();
        Held opened = new Held(token, now, now.plus(kind.unlockedFor()), System.nanoTime());
        held = opened;
        Duration time = kind.unlockedFor();
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> lockWhenOver(opened));
    }

    /** So much time has gone by since, whatever the clock says. */
    private void lockWhenOver(Held opened) {
        if (opened.equals(held)) {
            lock();
        }
    }

    /** The token was seen as it is now; {@code asked}: the nanoseconds when it was asked, a login after that still counts. */
    void seen(@Nullable Token token, long asked) {
        Held now = held;
        if (now != null && now.nanos() < asked && (token == null || token.loginRequired() && !token.loggedIn())) {
            held = null;
        }
    }

    /** The next use asks again; one that is going on may end first. */
    void lock() {
        boolean idle;
        synchronized (this) {
            idle = users == 0;
        }
        Held before = held;
        held = before == null ? null : new Held(before.token(), Instant.MAX, Instant.MIN, before.nanos());
        if (idle) {
            logout();
        }
    }

    private void logout() {
        Held before = held;
        held = null;
        if (before == null) {
            return;
        }
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> logout(before.token()));
        try {
            done.get(LOGOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.info("{} is logged out later than asked", kind.name());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void logout(Token token) {
        try {
            module.logout(token);
        } catch (ModuleFailure gone) {
            LOG.debug("no logout: {}", gone.getMessage());
        }
    }
}
