package org.zegel.store.cryptoki.binding;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;

/** A loaded module's functions, called by their place in CK_FUNCTION_LIST: many modules export nothing else. */
final class FunctionTable {
    /** RTLD_NOW without RTLD_GLOBAL: what is missing shows now, and the module's symbols stay its own. */
    private static final int OPEN_FLAGS = 2;

    private static final int LONGEST_REASON = 300;

    /** Held, because JNA unloads a library that nobody holds. */
    private final NativeLibrary library;

    private final DataModel model;
    private final Map<CkFunction, Function> functions = new EnumMap<>(CkFunction.class);

    /** Of a module that is not safe for several threads. */
    private volatile @Nullable ReentrantLock oneAtATime;

    private FunctionTable(NativeLibrary library, DataModel model) {
        this.library = library;
        this.model = model;
    }

    /** @throws ModuleFailure {@code NOT_LOADED} with the system's own words */
    static FunctionTable load(String library, Structures structures) throws ModuleFailure {
        try {
            Map<String, ?> options = Platform.isWindows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS);
            NativeLibrary loaded = NativeLibrary.getInstance(library, options);
            return of(loaded, structures);
        } catch (UnsatisfiedLinkError reason) {
            throw new ModuleFailure(ModuleFailure.Kind.NOT_LOADED, systemsWords(reason.getMessage()));
        }
    }

    private static FunctionTable of(NativeLibrary library, Structures structures) throws ModuleFailure {
        DataModel model = structures.model();
        FunctionTable table = new FunctionTable(library, model);
        try (Memory holder = new Memory(model.pointer())) {
            holder.clear();
            long result = table.invoke(library.getFunction("C_GetFunctionList"), holder);
            Pointer list = holder.getPointer(0);
            if (result != ReturnValue.OK || list == null) {
                throw new ModuleFailure(
                        ModuleFailure.Kind.NOT_LOADED,
                        new ReturnValue(result),
                        "C_GetFunctionList: " + new ReturnValue(result));
            }
            long first = structures.functionList().at("C_Initialize");
            for (CkFunction function : CkFunction.values()) {
                Pointer address = list.getPointer(first + (long) function.ordinal() * model.pointer());
                if (address != null) {
                    table.functions.put(function, Function.getFunction(address));
                }
            }
        }
        return table;
    }

    /** JNA's message is a line with the name, then the system's reason for each place it looked in. */
    private static String systemsWords(@Nullable String message) {
        List<String> lines = message == null ? List.of() : message.lines().toList();
        String line = lines.isEmpty() ? "" : lines.get(Math.min(1, lines.size() - 1));
        return line.substring(0, Math.min(LONGEST_REASON, line.length()));
    }

    /** From now on no two calls run at once. */
    void oneAtATime() {
        oneAtATime = new ReentrantLock();
    }

    /** For the log. */
    @Override
    public String toString() {
        return library.getName();
    }

    boolean isOneAtATime() {
        return oneAtATime != null;
    }

    /** An argument of type CK_ULONG. */
    Object ulong(long value) {
        return model.ulong() == Long.BYTES ? (Object) value : (Object) (int) value;
    }

    /** The value the function returned; CKR_FUNCTION_NOT_SUPPORTED for one the module does not have. */
    long call(CkFunction name, @Nullable Object... arguments) {
        Function function = functions.get(name);
        if (function == null) {
            return ReturnValue.FUNCTION_NOT_SUPPORTED;
        }
        ReentrantLock lock = oneAtATime;
        if (lock == null) {
            return invoke(function, arguments);
        }
        lock.lock();
        try {
            return invoke(function, arguments);
        } finally {
            lock.unlock();
        }
    }

    /** The same; anything but CKR_OK is a failure. */
    void check(CkFunction name, @Nullable Object... arguments) throws ModuleFailure {
        long value = call(name, arguments);
        if (value != ReturnValue.OK) {
            throw Failures.of(name, value);
        }
    }

    private long invoke(Function function, @Nullable Object... arguments) {
        return model.ulong() == Long.BYTES
                ? function.invokeLong(arguments)
                : Integer.toUnsignedLong(function.invokeInt(arguments));
    }
}
