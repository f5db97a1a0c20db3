package org.zegel.store.cryptoki.binding;

import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.TokenName;

/**
 * Waits for tokens to come and go, in one thread: the module's own waiting where that works, else by looking again and again.
 * The two are never mixed, because a look beside a waiting thread was seen to give rubbish.
 */
public final class SlotWatch {
    /** How long after it came or went a token is noticed where the module cannot wait. */
    static final long LOOK_MILLIS = 2_000;

    /** After a stop of the smartcard service the module may be able to wait again. */
    private static final int LOOKS_BEFORE_WAITING_AGAIN = 15;

    private final FunctionTable table;
    private final Structures structures;
    private final SlotReader reader;
    private final LongPredicate lostSessions;
    private Map<Long, TokenName> seen = new HashMap<>();

    SlotWatch(FunctionTable table, Structures structures, SlotReader reader, LongPredicate lostSessions) {
        this.table = table;
        this.structures = structures;
        this.reader = reader;
        this.lostSessions = lostSessions;
    }

    /** Hears that something happened in a slot. */
    public interface Listener {
        /** @param away the token that was there has certainly been away, even if it is there now */
        void changed(long slot, boolean away);
    }

    void run(boolean polling, Listener listener) {
        seen = tokens();
        boolean waiting = !polling && !table.isOneAtATime();
        while (!Thread.currentThread().isInterrupted()) {
            long value = waiting ? awaitEvent(listener) : ReturnValue.FUNCTION_NOT_SUPPORTED;
            if (value == ReturnValue.CRYPTOKI_NOT_INITIALIZED) {
                return;
            }
            if (value != ReturnValue.OK) {
                waiting = waiting && value != ReturnValue.FUNCTION_NOT_SUPPORTED;
                if (!lookForAWhile(waiting ? LOOKS_BEFORE_WAITING_AGAIN : Integer.MAX_VALUE, listener)) {
                    return;
                }
            }
        }
    }

    private long awaitEvent(Listener listener) {
        try (Scratch scratch = new Scratch(structures.model())) {
            Pointer slot = scratch.ulong(0);
            long value = table.call(CkFunction.WAIT_FOR_SLOT_EVENT, table.ulong(0), slot, Pointer.NULL);
            if (value == ReturnValue.OK) {
                long number = scratch.get(slot, 0);
                listener.changed(number, lostSessions.test(number));
                seen = tokens();
            }
            return value;
        }
    }

    /** False when the thread is to end. */
    private boolean lookForAWhile(int looks, Listener listener) {
        for (int i = 0; i < looks; i++) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
            look(listener);
        }
        return true;
    }

    private void look(Listener listener) {
        Map<Long, TokenName> now = tokens();
        Set<Long> slots = new HashSet<>(now.keySet());
        slots.addAll(seen.keySet());
        Map<Long, TokenName> before = seen;
        seen = now;
        for (long slot : slots) {
            TokenName was = before.get(slot);
            boolean away = was != null && lostSessions.test(slot);
            if (away || !Objects.equals(was, now.get(slot))) {
                listener.changed(slot, away);
            }
        }
    }

    private Map<Long, TokenName> tokens() {
        Map<Long, TokenName> tokens = new HashMap<>();
        try {
            for (long slot : reader.slots()) {
                reader.present(slot).filter(info -> !info.isBlank()).ifPresent(info -> tokens.put(slot, info.name()));
            }
        } catch (ModuleFailure noService) {
            // Nothing can be seen: as if all had been taken out.
            return new HashMap<>();
        }
        return tokens;
    }
}
