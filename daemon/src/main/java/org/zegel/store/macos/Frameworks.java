package org.zegel.store.macos;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both frameworks, and what is done with their objects everywhere. */
record Frameworks(CoreFoundation foundation, Security security, Symbols symbols) {
    /** By their full paths, so that no folder of the person comes first; the files themselves are in the loader's cache. */
    private static final String FOLDER = "/System/Library/Frameworks/";

    private static final String FOUNDATION = FOLDER + "CoreFoundation.framework/CoreFoundation";
    private static final String SECURITY = FOLDER + "Security.framework/Security";
    private static final int LONGEST_DOMAIN = 200;

    /** errSecSuccess. */
    private static final int SUCCESS = 0;

    /** errSecAllocate. */
    private static final int ALLOCATE = -108;

    /** Exported constants. */
    interface Symbols {
        /** Where the constant is. */
        Pointer address(String name);

        /** What it points to, for constants that are pointers themselves. */
        default Pointer value(String name) {
            return address(name).getPointer(0);
        }
    }

    /** Loads them. */
    static Frameworks load() throws KeychainError {
        try {
            NativeLibrary foundation = NativeLibrary.getInstance(FOUNDATION);
            NativeLibrary security = NativeLibrary.getInstance(SECURITY);
            Symbols symbols = name -> (name.startsWith("kCF") ? foundation : security).getGlobalVariableAddress(name);
            return new Frameworks(
                    Native.load(FOUNDATION, CoreFoundation.class), Native.load(SECURITY, Security.class), symbols);
        } catch (UnsatisfiedLinkError missing) {
            throw new KeychainError(KeychainError.LOADING, 0);
        }
    }

    /** An object that a function gave away; a null is out of memory. */
    CfRef owned(@Nullable Pointer object) throws KeychainError {
        if (object == null) {
            throw KeychainError.status(ALLOCATE);
        }
        return new CfRef(foundation, object);
    }

    /** What a function gave away by reference, or its status as an error. */
    CfRef owned(int status, PointerByReference result) throws KeychainError {
        if (status != SUCCESS) {
            throw KeychainError.status(status);
        }
        return owned(result.getValue());
    }

    /** What a function gave away, or else the error that it gave away. */
    CfRef owned(@Nullable Pointer object, PointerByReference error) throws KeychainError {
        Pointer problem = error.getValue();
        try (CfRef ours = problem == null ? null : new CfRef(foundation, problem)) {
            if (object == null && ours != null) {
                throw new KeychainError(domain(ours.get()), foundation.CFErrorGetCode(ours.get()));
            }
        }
        return owned(object);
    }

    private String domain(Pointer error) {
        Pointer string = foundation.CFErrorGetDomain(error);
        byte[] buffer = new byte[LONGEST_DOMAIN];
        if (string == null || foundation.CFStringGetCString(string, buffer, buffer.length, CoreFoundation.UTF8) == 0) {
            return "";
        }
        return Native.toString(buffer, StandardCharsets.UTF_8.name());
    }

    CfRef data(byte[] bytes) throws KeychainError {
        return owned(foundation.CFDataCreate(null, bytes, bytes.length));
    }

    CfRef string(String text) throws KeychainError {
        return owned(foundation.CFStringCreateWithCString(
                null, (text + '\0').getBytes(StandardCharsets.UTF_8), CoreFoundation.UTF8));
    }

    /** A copy of the bytes; the object is released. */
    byte[] bytes(CfRef data) {
        try (data) {
            int length = Math.toIntExact(foundation.CFDataGetLength(data.get()));
            return length == 0
                    ? new byte[0]
                    : foundation.CFDataGetBytePtr(data.get()).getByteArray(0, length);
        }
    }

    /** The same of a secret: the object's own memory is overwritten before it is released. */
    byte[] secret(CfRef data) {
        try (data) {
            long length = foundation.CFDataGetLength(data.get());
            byte[] copy = new byte[Math.toIntExact(length)];
            if (length > 0) {
                // CFData has no call for this. What macOS makes for us is ours alone, and lies in writable memory.
                Pointer memory = foundation.CFDataGetBytePtr(data.get());
                memory.read(0, copy, 0, copy.length);
                memory.clear(length);
            }
            return copy;
        }
    }

    /** Keys and values by the names of their constants. */
    CfRef dictionary(Map<String, String> entries) throws KeychainError {
        Pointer[] keys = entries.keySet().stream().map(symbols::value).toArray(Pointer[]::new);
        Pointer[] values = entries.values().stream().map(symbols::value).toArray(Pointer[]::new);
        return owned(foundation.CFDictionaryCreate(
                null,
                keys,
                values,
                keys.length,
                symbols.address("kCFTypeDictionaryKeyCallBacks"),
                symbols.address("kCFTypeDictionaryValueCallBacks")));
    }
}
