package org.zegel.store.cryptoki.helper;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.model.Secret;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenEvent;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.cryptoki.TokenObject;

/** A module as the daemon has it: a helper that is started when one is needed, and the calls to it. */
final class ModuleProcess implements Module {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleProcess.class);

    private final ModuleSpec spec;
    private final HelperCommand command;
    private final HelperLimits limits;
    private final HelperRoom room;
    private final Rest rest;
    private final TokenWatch watch = new TokenWatch(this);
    private final ReentrantLock starting = new ReentrantLock();
    private final Set<TokenName> loggedIn = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HelperProcess helper;

    ModuleProcess(ModuleSpec spec, HelperCommand command, HelperLimits limits, HelperRoom room) {
        this.spec = spec;
        this.command = command;
        this.limits = limits;
        this.room = room;
        this.rest = new Rest(limits.firstRest(), limits.longestRest());
    }

    @Override
    public ModuleSpec spec() {
        return spec;
    }

    @Override
    public List<Slot> slots() throws ModuleFailure {
        List<Slot> slots = read(PendingCall.Kind.LOOK, Frames.Request.SLOTS, _ -> {}, in -> Codec.all(in, Codec::slot));
        if (!loggedIn.isEmpty()) {
            loggedIn.retainAll(slots.stream()
                    .map(Slot::token)
                    .filter(token -> token != null && token.loggedIn())
                    .map(Token::name)
                    .toList());
        }
        return slots;
    }

    @Override
    public List<TokenObject> objects(Token token, Map<Long, byte[]> template, List<Long> attributes)
            throws ModuleFailure {
        return read(
                PendingCall.Kind.LOOK,
                Frames.Request.OBJECTS,
                out -> {
                    Codec.write(out, token);
                    Codec.write(out, template);
                    Codec.write(out, attributes);
                },
                in -> Codec.all(in, Codec::object));
    }

    @Override
    public void login(Token token, @Nullable Secret pin) throws ModuleFailure {
        byte[] secret = pin == null ? null : pin.utf8();
        try {
            read(
                    pin == null ? PendingCall.Kind.PIN_PAD : PendingCall.Kind.KEY,
                    Frames.Request.LOGIN,
                    out -> {
                        Codec.write(out, token);
                        out.optional(secret);
                    },
                    _ -> loggedIn.add(token.name()));
        } catch (ModuleFailure failed) {
            loggedIn.remove(token.name());
            throw failed;
        } finally {
            wipe(secret);
        }
    }

    @Override
    public void logout(Token token) throws ModuleFailure {
        loggedIn.remove(token.name());
        if (isRunning()) {
            read(PendingCall.Kind.KEY, Frames.Request.LOGOUT, out -> Codec.write(out, token), _ -> true);
        }
    }

    @Override
    public byte[] sign(Token token, TokenKey key, Mechanism mechanism, byte[] data, @Nullable Secret contextPin)
            throws ModuleFailure {
        return useKey(Frames.Request.SIGN, token, key, mechanism, data, contextPin);
    }

    @Override
    public byte[] decrypt(Token token, TokenKey key, Mechanism mechanism, byte[] data, @Nullable Secret contextPin)
            throws ModuleFailure {
        return useKey(Frames.Request.DECRYPT, token, key, mechanism, data, contextPin);
    }

    @Override
    public byte[] derive(Token token, TokenKey key, byte[] otherPoint, @Nullable Secret contextPin)
            throws ModuleFailure {
        return useKey(Frames.Request.DERIVE, token, key, null, otherPoint, contextPin);
    }

    private byte[] useKey(
            Frames.Request request,
            Token token,
            TokenKey key,
            @Nullable Mechanism mechanism,
            byte[] data,
            @Nullable Secret contextPin)
            throws ModuleFailure {
        boolean pinPad = key.alwaysAuthenticate() && contextPin == null && token.protectedPath();
        byte[] pin = contextPin == null ? null : contextPin.utf8();
        try {
            return read(
                    pinPad ? PendingCall.Kind.PIN_PAD : PendingCall.Kind.KEY,
                    request,
                    out -> {
                        Codec.write(out, token);
                        Codec.write(out, key);
                        out.optional(pin);
                        if (mechanism != null) {
                            Codec.write(out, mechanism);
                        }
                        out.bytes(data);
                    },
                    MessageReader::bytes);
        } finally {
            wipe(pin);
        }
    }

    @Override
    public AutoCloseable watch(Consumer<TokenEvent> listener) {
        return watch.add(listener);
    }

    @Override
    public void close() {
        rest.forget();
        loggedIn.clear();
        HelperProcess running = helper;
        if (running != null && running.isOpen()) {
            running.finish();
        }
    }

    /** Begins to tell what happens in the slots of the helper that is running then. */
    void startWatching(boolean polling) throws ModuleFailure {
        read(PendingCall.Kind.LOOK, Frames.Request.WATCH, out -> out.truth(polling), _ -> true);
    }

    private interface Reading<T> {
        T read(MessageReader in) throws IOException;
    }

    private <T> T read(PendingCall.Kind kind, Frames.Request request, HelperProcess.Body body, Reading<T> reading)
            throws ModuleFailure {
        try (MessageReader answer = call(kind, request, body)) {
            return reading.read(answer);
        } catch (ModuleFailure failed) {
            if (failed.value().value() == ReturnValue.CRYPTOKI_NOT_INITIALIZED) {
                // The module has lost itself; a new helper begins anew.
                close();
            }
            throw failed;
        } catch (IOException broken) {
            throw new ModuleFailure(Kind.FAILED, "the helper's answer makes no sense");
        }
    }

    private MessageReader call(PendingCall.Kind kind, Frames.Request request, HelperProcess.Body body)
            throws ModuleFailure {
        while (true) {
            try {
                return running().call(kind, request, body);
            } catch (HelperProcess.EndedBefore idle) {
                // It was just ended; the next one is started.
                LOG.debug("the helper of {} had ended", spec.name());
            }
        }
    }

    private HelperProcess running() throws ModuleFailure {
        HelperProcess running = helper;
        if (running != null && running.isOpen()) {
            return running;
        }
        starting.lock();
        try {
            running = helper;
            return running != null && running.isOpen() ? running : start();
        } finally {
            starting.unlock();
        }
    }

    private HelperProcess start() throws ModuleFailure {
        rest.check();
        if (spec.library().isAbsolute() && !Files.exists(spec.library())) {
            throw new ModuleFailure(Kind.NOT_LOADED, "no such file");
        }
        room.take(this);
        HelperProcess started = null;
        try {
            started = HelperProcess.start(spec.name(), command, limits, new Events());
            started.call(PendingCall.Kind.LOAD, Frames.Request.LOAD, out -> Codec.write(out, spec))
                    .close();
            rest.forget();
            helper = started;
            return started;
        } catch (HelperProcess.EndedBefore atOnce) {
            throw rest.after(new ModuleFailure(Kind.CRASHED, "the module's helper ended at once"));
        } catch (ModuleFailure failed) {
            if (started != null) {
                started.stop();
            }
            throw rest.after(failed);
        }
    }

    /** A helper that soon ends by itself counts as one that did not start. */
    private final class Events implements HelperProcess.HelperEvents {
        @Override
        public void slotChanged(long slot, boolean away) {
            watch.slotChanged(slot, away);
        }

        @Override
        public void ended(HelperProcess process) {
            if (process == helper) {
                loggedIn.clear();
            }
            ModuleFailure reason = process.reason();
            LOG.info("the helper of {} ended: {}", spec.name(), reason.getMessage());
            if (!process.wasStopped() && process.age().compareTo(limits.stall()) < 0) {
                rest.after(reason);
            }
            watch.helperEnded(reason);
        }
    }

    /** Ends a helper that nobody needs, and one that is stuck. */
    void sweep() {
        HelperProcess running = helper;
        if (running == null || running.isEnded()) {
            return;
        }
        if (running.isStuck()) {
            running.endStuck();
        } else if (isFree() && running.isIdle(limits.idle())) {
            running.finish();
        }
    }

    boolean isRunning() {
        HelperProcess running = helper;
        return running != null && running.isOpen();
    }

    /** Nobody watches, and no login would be lost. */
    boolean isFree() {
        return loggedIn.isEmpty() && !watch.isOn();
    }

    /** For the choice of the helper that is ended to make room. */
    long lastCall() {
        HelperProcess running = helper;
        return running == null ? Long.MIN_VALUE : running.lastCall();
    }

    /** Of the helper that is running. */
    @Nullable
    Long pid() {
        HelperProcess running = helper;
        return running == null || running.isEnded() ? null : running.pid();
    }

    private static void wipe(byte @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
