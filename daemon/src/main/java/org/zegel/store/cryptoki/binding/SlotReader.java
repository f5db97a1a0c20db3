package org.zegel.store.cryptoki.binding;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.PaddedText;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.TokenName;

/** Reads what a module says of its slots and tokens. */
final class SlotReader {
    static final int MAX_SLOTS = 256;
    private static final int MAX_MECHANISMS = 4096;

    private static final long TOKEN_PRESENT = 0x1;
    private static final long REMOVABLE = 0x2;

    private static final long LOGIN_REQUIRED = 0x4;
    private static final long PIN_INITIALIZED = 0x8;
    private static final long PROTECTED_PATH = 0x100;
    private static final long TOKEN_INITIALIZED = 0x400;
    private static final long PIN_COUNT_LOW = 0x10000;
    private static final long PIN_FINAL_TRY = 0x20000;
    private static final long PIN_LOCKED = 0x40000;

    private final FunctionTable table;
    private final Structures structures;

    SlotReader(FunctionTable table, Structures structures) {
        this.table = table;
        this.structures = structures;
    }

    /** CK_SLOT_INFO. */
    record SlotInfo(String name, boolean tokenPresent, boolean removable) {}

    /** CK_TOKEN_INFO. */
    record TokenInfo(TokenName name, long flags) {
        boolean loginRequired() {
            return (flags & LOGIN_REQUIRED) != 0;
        }

        boolean protectedPath() {
            return (flags & PROTECTED_PATH) != 0;
        }

        /** A soft token that nobody has set up yet is like an empty slot. */
        boolean isBlank() {
            return (flags & TOKEN_INITIALIZED) == 0 && name.label().isEmpty();
        }

        PinState pin() {
            if ((flags & PIN_LOCKED) != 0) {
                return PinState.LOCKED;
            }
            if ((flags & PIN_FINAL_TRY) != 0) {
                return PinState.FINAL_TRY;
            }
            if ((flags & PIN_COUNT_LOW) != 0) {
                return PinState.COUNT_LOW;
            }
            return loginRequired() && (flags & PIN_INITIALIZED) == 0 ? PinState.NOT_SET : PinState.OK;
        }
    }

    List<Long> slots() throws ModuleFailure {
        try (Scratch scratch = new Scratch(structures.model())) {
            Pointer count = scratch.ulong(0);
            // The question for the number is what makes modules look for new readers.
            table.check(CkFunction.GET_SLOT_LIST, (byte) 0, Pointer.NULL, count);
            long slots = scratch.get(count, 0);
            if (slots == 0) {
                return List.of();
            }
            long room = Math.min(MAX_SLOTS, slots);
            scratch.put(count, 0, room);
            Pointer list = scratch.zeros(room * structures.model().ulong());
            table.check(CkFunction.GET_SLOT_LIST, (byte) 0, list, count);
            return longs(scratch, list, Math.min(room, scratch.get(count, 0)));
        }
    }

    SlotInfo slot(long slot) throws ModuleFailure {
        StructLayout layout = structures.slotInfo();
        try (Scratch scratch = new Scratch(structures.model())) {
            Pointer info = scratch.zeros(layout.size());
            table.check(CkFunction.GET_SLOT_INFO, table.ulong(slot), info);
            long flags = scratch.get(info, layout.at("flags"));
            return new SlotInfo(
                    PaddedText.of(info.getByteArray(layout.at("slotDescription"), 64)),
                    (flags & TOKEN_PRESENT) != 0,
                    (flags & REMOVABLE) != 0);
        }
    }

    TokenInfo token(long slot) throws ModuleFailure {
        StructLayout layout = structures.tokenInfo();
        try (Scratch scratch = new Scratch(structures.model())) {
            Pointer info = scratch.zeros(layout.size());
            table.check(CkFunction.GET_TOKEN_INFO, table.ulong(slot), info);
            TokenName name = new TokenName(
                    PaddedText.of(info.getByteArray(layout.at("label"), 32)),
                    PaddedText.of(info.getByteArray(layout.at("manufacturerID"), 32)),
                    PaddedText.of(info.getByteArray(layout.at("model"), 16)),
                    PaddedText.of(info.getByteArray(layout.at("serialNumber"), 16)));
            return new TokenInfo(name, scratch.get(info, layout.at("flags")));
        }
    }

    /** The token in a slot; empty when there is none, and when the module does not know it. */
    Optional<TokenInfo> present(long slot) {
        try {
            return slot(slot).tokenPresent() ? Optional.of(token(slot)) : Optional.empty();
        } catch (ModuleFailure absent) {
            return Optional.empty();
        }
    }

    Set<Long> mechanisms(long slot) throws ModuleFailure {
        try (Scratch scratch = new Scratch(structures.model())) {
            Pointer count = scratch.ulong(0);
            table.check(CkFunction.GET_MECHANISM_LIST, table.ulong(slot), Pointer.NULL, count);
            long room = Math.min(MAX_MECHANISMS, scratch.get(count, 0));
            scratch.put(count, 0, room);
            Pointer list = scratch.zeros(Math.max(1, room) * structures.model().ulong());
            long value = table.call(CkFunction.GET_MECHANISM_LIST, table.ulong(slot), list, count);
            if (value != ReturnValue.OK) {
                throw Failures.of(CkFunction.GET_MECHANISM_LIST, value);
            }
            return new HashSet<>(longs(scratch, list, Math.min(room, scratch.get(count, 0))));
        }
    }

    private List<Long> longs(Scratch scratch, Pointer list, long count) {
        List<Long> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(scratch.get(list, (long) i * structures.model().ulong()));
        }
        return result;
    }
}
