package org.zegel.store.cryptoki.binding;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenKey;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.cryptoki.TokenObject;

/** A module in this process, initialised. Safe for several threads; calls take as long as the module does. */
public final class LoadedModule {
    private static final long OS_LOCKING_OK = 0x2;

    private final FunctionTable table;
    private final Structures structures;
    private final SlotReader reader;
    private final Map<Long, SlotSessions> sessions = new ConcurrentHashMap<>();
    private final Map<TokenName, Set<Long>> mechanisms = new ConcurrentHashMap<>();

    private LoadedModule(FunctionTable table, Structures structures) {
        this.table = table;
        this.structures = structures;
        this.reader = new SlotReader(table, structures);
    }

    /** @throws ModuleFailure {@code NOT_LOADED} with the reason */
    public static LoadedModule load(ModuleSpec spec) throws ModuleFailure {
        Structures structures = Structures.of(DataModel.current());
        FunctionTable table = FunctionTable.load(spec.library().toString(), structures);
        String arguments = spec.initArguments();
        // The module may keep the pointer: this memory is never given back.
        Memory reserved = null;
        if (arguments != null) {
            byte[] text = arguments.getBytes(StandardCharsets.UTF_8);
            reserved = new Memory(text.length + 1L);
            reserved.clear();
            reserved.write(0, text, 0, text.length);
        }
        initialise(table, structures, reserved);
        return new LoadedModule(table, structures);
    }

    private static void initialise(FunctionTable table, Structures structures, @Nullable Memory reserved)
            throws ModuleFailure {
        long value = initialise(table, structures, reserved, OS_LOCKING_OK);
        if (value == ReturnValue.CANT_LOCK) {
            table.oneAtATime();
            value = initialise(table, structures, reserved, 0);
        }
        if (value != ReturnValue.OK && value != ReturnValue.CRYPTOKI_ALREADY_INITIALIZED) {
            ReturnValue named = new ReturnValue(value);
            throw new ModuleFailure(Kind.NOT_LOADED, named, CkFunction.INITIALIZE + ": " + named);
        }
    }

    private static long initialise(FunctionTable table, Structures structures, @Nullable Memory reserved, long flags) {
        StructLayout layout = structures.initializeArgs();
        Scratch scratch = new Scratch(structures.model());
        Pointer arguments = scratch.zeros(layout.size());
        scratch.put(arguments, layout.at("flags"), flags);
        arguments.setPointer(layout.at("pReserved"), reserved);
        return table.call(CkFunction.INITIALIZE, arguments);
    }

    /** All slots, with what is in them. */
    public List<Slot> slots() throws ModuleFailure {
        List<Slot> slots = new ArrayList<>();
        for (long slot : reader.slots()) {
            try {
                slots.add(slot(slot, reader.slot(slot)));
            } catch (ModuleFailure gone) {
                if (gone.value().value() != ReturnValue.SLOT_ID_INVALID) {
                    slots.add(new Slot(slot, "", false, null, gone.value()));
                }
            }
        }
        return slots;
    }

    private Slot slot(long slot, SlotReader.SlotInfo info) throws ModuleFailure {
        Token token = null;
        ReturnValue problem = null;
        if (info.tokenPresent()) {
            try {
                SlotReader.TokenInfo found = reader.token(slot);
                token = found.isBlank() ? null : token(slot, info.name(), found);
            } catch (ModuleFailure failed) {
                if (failed.value().value() != ReturnValue.TOKEN_NOT_PRESENT) {
                    problem = failed.value();
                }
            }
        }
        return new Slot(slot, info.name(), info.removable(), token, problem);
    }

    private Token token(long slot, String slotName, SlotReader.TokenInfo info) throws ModuleFailure {
        TokenName name = info.name();
        Set<Long> supported = mechanisms.get(name);
        if (supported == null) {
            supported = reader.mechanisms(slot);
            mechanisms.put(name, supported);
        }
        return new Token(
                slot,
                slotName,
                name.label(),
                name.manufacturer(),
                name.model(),
                name.serial(),
                info.loginRequired(),
                info.protectedPath(),
                info.pin(),
                Optional.ofNullable(sessions.get(slot))
                        .map(found -> found.isLoggedIn(name))
                        .orElse(false),
                supported);
    }

    /** Hands over the objects one by one. */
    public void objects(
            long slot, TokenName name, Map<Long, byte[]> template, List<Long> attributes, Consumer<TokenObject> each)
            throws ModuleFailure {
        SlotSessions found = sessions(slot, name);
        List<Long> handles = found.use(name, session -> session.find(template));
        for (long handle : handles) {
            Optional<Map<Long, byte[]>> values = found.use(name, session -> read(session, handle, attributes));
            values.ifPresent(read -> each.accept(new TokenObject(handle, read)));
        }
    }

    /** Empty for an object that is gone by now. */
    private static Optional<Map<Long, byte[]>> read(Session session, long handle, List<Long> attributes)
            throws ModuleFailure {
        try {
            return Optional.of(session.attributes(handle, attributes));
        } catch (ModuleFailure failed) {
            if (Failures.isLostObject(failed.value().value())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** @param pin UTF-8; null: at the reader */
    public void login(long slot, TokenName name, byte @Nullable [] pin) throws ModuleFailure {
        sessions(slot, name).login(name, pin);
    }

    public void logout(long slot, TokenName name) throws ModuleFailure {
        sessions(slot, name).logout();
    }

    /** @param pin for a key that wants it each time */
    public byte[] sign(long slot, TokenName name, TokenKey key, Mechanism mechanism, byte[] data, byte @Nullable [] pin)
            throws ModuleFailure {
        return sessions(slot, name).useKey(name, key, pin, (session, handle, once) -> {
            session.signInit(mechanism, handle);
            if (key.alwaysAuthenticate()) {
                session.loginForThis(once.give());
            }
            return session.sign(data);
        });
    }

    /** @param pin for a key that wants it each time */
    public byte[] decrypt(
            long slot, TokenName name, TokenKey key, Mechanism mechanism, byte[] data, byte @Nullable [] pin)
            throws ModuleFailure {
        return sessions(slot, name).useKey(name, key, pin, (session, handle, once) -> {
            session.decryptInit(mechanism, handle);
            if (key.alwaysAuthenticate()) {
                session.loginForThis(once.give());
            }
            return session.decrypt(data);
        });
    }

    /** The raw shared secret. */
    public byte[] derive(long slot, TokenName name, TokenKey key, byte[] point, byte @Nullable [] pin)
            throws ModuleFailure {
        return sessions(slot, name)
                .useKey(
                        name,
                        key,
                        pin,
                        (session, handle, once) -> Derivation.derive(session, key, handle, point, once));
    }

    /** Tells of slots where something happened, until the process ends. Blocks. */
    public void watch(boolean polling, SlotWatch.Listener listener) {
        new SlotWatch(table, structures, reader, slot -> {
                    SlotSessions found = sessions.get(slot);
                    return found != null && found.lostSessions();
                })
                .run(polling, listener);
    }

    /** Ends all sessions and logins. */
    public void finish() {
        table.call(CkFunction.FINALIZE, Pointer.NULL);
    }

    /** Where the token is: mostly where it was. */
    private SlotSessions sessions(long slot, TokenName name) throws ModuleFailure {
        SlotSessions known = sessions.get(slot);
        if (known != null && known.isOf(name)) {
            return known;
        }
        return at(holds(slot, name) ? slot : elsewhere(name));
    }

    private SlotSessions at(long slot) {
        return sessions.computeIfAbsent(slot, number -> new SlotSessions(table, structures, reader, number));
    }

    private long elsewhere(TokenName name) throws ModuleFailure {
        for (long slot : reader.slots()) {
            if (holds(slot, name)) {
                return slot;
            }
        }
        throw new ModuleFailure(Kind.TOKEN_REMOVED, "the token is in no slot");
    }

    private boolean holds(long slot, TokenName name) {
        return reader.present(slot).filter(info -> info.name().equals(name)).isPresent();
    }
}
