package org.zegel.store.cryptoki.binding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;

/**
 * The sessions with the token in one slot. One of them, the anchor, stays open: with the last session the login would end.
 * Every other is used by one call at a time. When the token was away all are opened anew, once, and only with the same token.
 */
final class SlotSessions {
    private final FunctionTable table;
    private final Structures structures;
    private final SlotReader reader;
    private final long slot;

    /** Calls share it; login and logout, which change what all of them see, have it alone. */
    private final ReentrantReadWriteLock login = new ReentrantReadWriteLock();

    /** Guards the fields below and every use of the anchor. */
    private final ReentrantLock lock = new ReentrantLock();

    private final KeyHandles keys = new KeyHandles();
    private final Deque<Session> free = new ArrayDeque<>();
    private @Nullable Session anchor;
    private SlotReader.@Nullable TokenInfo token;
    private volatile boolean loggedIn;

    /** Steps when all sessions were given up. */
    private int generation;

    SlotSessions(FunctionTable table, Structures structures, SlotReader reader, long slot) {
        this.table = table;
        this.structures = structures;
        this.reader = reader;
        this.slot = slot;
    }

    /** What a call does with its session. */
    interface Use<T> {
        T with(Session session) throws ModuleFailure;
    }

    /** A use of a private key. */
    interface KeyUse {
        byte[] with(Session session, long key, PinOnce pin) throws ModuleFailure;
    }

    /** A session and when it was opened. */
    private record Borrowed(Session session, int generation, SlotReader.TokenInfo token) {}

    /** Runs it, and once more with new sessions when the old ones were lost. */
    <T> T use(TokenName name, Use<T> use) throws ModuleFailure {
        return repeated(name, borrowed -> use.with(borrowed.session()), () -> true);
    }

    /** Runs it with the key's number of now; nothing is repeated that had the PIN. */
    byte[] useKey(TokenName name, TokenKey key, byte @Nullable [] pin, KeyUse use) throws ModuleFailure {
        PinOnce once = new PinOnce(pin);
        return repeated(
                name,
                borrowed -> {
                    if (key.alwaysAuthenticate()
                            && pin == null
                            && !borrowed.token().protectedPath()) {
                        throw new ModuleFailure(Kind.NOT_LOGGED_IN, "this key needs the PIN for each use");
                    }
                    boolean loginRequired = borrowed.token().loginRequired();
                    return use.with(borrowed.session(), keys.find(borrowed.session(), key, loginRequired), once);
                },
                () -> !once.given());
    }

    private interface BorrowedUse<T> {
        T with(Borrowed borrowed) throws ModuleFailure;
    }

    private <T> T repeated(TokenName name, BorrowedUse<T> use, BooleanSupplier repeatable) throws ModuleFailure {
        login.readLock().lock();
        try {
            try {
                return once(name, use);
            } catch (ModuleFailure failed) {
                if (!isLost(failed) || !repeatable.getAsBoolean()) {
                    throw explained(name, failed);
                }
            }
            try {
                return once(name, use);
            } catch (ModuleFailure failed) {
                throw explained(name, failed);
            }
        } finally {
            login.readLock().unlock();
        }
    }

    private <T> T once(TokenName name, BorrowedUse<T> use) throws ModuleFailure {
        Borrowed borrowed = borrow(name);
        boolean whole = false;
        try {
            T result = use.with(borrowed);
            whole = true;
            return result;
        } finally {
            giveBack(borrowed, whole);
        }
    }

    private Borrowed borrow(TokenName name) throws ModuleFailure {
        SlotReader.TokenInfo info;
        int now;
        Session session;
        lock.lock();
        try {
            info = open(name);
            now = generation;
            session = free.poll();
        } finally {
            lock.unlock();
        }
        return new Borrowed(session != null ? session : Session.open(table, structures, slot), now, info);
    }

    /** After a failure an operation may still be going on in the session, so that it is not used again. */
    private void giveBack(Borrowed borrowed, boolean whole) {
        lock.lock();
        try {
            if (whole && borrowed.generation() == generation) {
                free.push(borrowed.session());
                return;
            }
        } finally {
            lock.unlock();
        }
        borrowed.session().close();
    }

    /** Opens the anchor where there is none. */
    private SlotReader.TokenInfo open(TokenName name) throws ModuleFailure {
        if (anchor != null && token != null) {
            if (token.name().equals(name)) {
                return token;
            }
            giveUp();
        }
        Session opened = Session.open(table, structures, slot);
        try {
            // After the session was opened: it ends when the token is changed from now on.
            SlotReader.TokenInfo info = reader.token(slot);
            if (!info.name().equals(name)) {
                throw new ModuleFailure(Kind.TOKEN_REMOVED, "another token is in this slot");
            }
            anchor = opened;
            token = info;
            return info;
        } finally {
            if (anchor != opened) {
                opened.close();
            }
        }
    }

    /** Whether sessions or numbers were lost, which are had anew. */
    private boolean isLost(ModuleFailure failed) {
        long value = failed.value().value();
        if (Failures.isLostSession(value)) {
            giveUpAll();
            return true;
        }
        if (Failures.isLostObject(value)) {
            keys.forget();
            return true;
        }
        return false;
    }

    /** Modules have many words for a token that is gone. */
    private ModuleFailure explained(TokenName name, ModuleFailure failed) {
        long value = failed.value().value();
        boolean lost = Failures.isLostSession(value);
        boolean gone = Failures.isVague(value)
                && !reader.present(slot).map(SlotReader.TokenInfo::name).equals(Optional.of(name));
        if (lost || gone) {
            giveUpAll();
            return new ModuleFailure(
                    Kind.TOKEN_REMOVED, failed.value(), Objects.requireNonNullElse(failed.getMessage(), ""));
        }
        return failed;
    }

    /** @param pin UTF-8; null: at the reader */
    void login(TokenName name, byte @Nullable [] pin) throws ModuleFailure {
        login.writeLock().lock();
        lock.lock();
        try {
            Session session = living(name);
            if (session.isLoggedIn()) {
                session.logout();
            }
            long value = session.login(pin);
            if (value == ReturnValue.USER_ALREADY_LOGGED_IN) {
                // The PIN was not looked at.
                session.logout();
                value = session.login(pin);
            }
            loggedIn = value == ReturnValue.OK;
            if (value != ReturnValue.OK) {
                throw explained(name, Failures.of(CkFunction.LOGIN, value));
            }
        } finally {
            keys.forget();
            lock.unlock();
            login.writeLock().unlock();
        }
    }

    /** The anchor, certainly of this token: it is about to be given a PIN. */
    private Session living(TokenName name) throws ModuleFailure {
        open(name);
        Session session = anchor;
        if (session == null || session.state() != ReturnValue.OK) {
            giveUp();
        } else if (reader.present(slot).filter(info -> info.name().equals(name)).isEmpty()) {
            giveUp();
            throw new ModuleFailure(Kind.TOKEN_REMOVED, "the token is not in this slot");
        }
        open(name);
        return Objects.requireNonNull(anchor);
    }

    void logout() {
        login.writeLock().lock();
        lock.lock();
        try {
            if (anchor != null) {
                anchor.logout();
            }
            loggedIn = false;
            keys.forget();
        } finally {
            lock.unlock();
            login.writeLock().unlock();
        }
    }

    /** Whether the sessions that are open were opened with this token. */
    boolean isOf(TokenName name) {
        lock.lock();
        try {
            return token != null && token.name().equals(name);
        } finally {
            lock.unlock();
        }
    }

    /** As far as is known while a login is going on. */
    boolean isLoggedIn(TokenName name) {
        if (!lock.tryLock()) {
            return loggedIn;
        }
        try {
            loggedIn = anchor != null && token != null && token.name().equals(name) && anchor.isLoggedIn();
            return loggedIn;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there were sessions that have ended, because the token was away. */
    boolean lostSessions() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (anchor == null || anchor.state() == ReturnValue.OK) {
                return false;
            }
            giveUp();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void giveUpAll() {
        lock.lock();
        try {
            giveUp();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        generation++;
        keys.forget();
        loggedIn = false;
        free.forEach(Session::close);
        free.clear();
        if (anchor != null) {
            anchor.close();
        }
        anchor = null;
        token = null;
    }
}
