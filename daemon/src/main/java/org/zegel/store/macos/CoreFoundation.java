package org.zegel.store.macos;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** The part of CoreFoundation that is used. CFIndex is a C long, which has 64 bits on every Mac that runs Java 25. */
interface CoreFoundation extends Library {
    /** kCFStringEncodingUTF8 (CFString.h). */
    int UTF8 = 0x0800_0100;

    /** kCFNumberSInt32Type (CFNumber.h), a CFIndex. */
    long SINT32 = 3;

    void CFRelease(Pointer object);

    long CFArrayGetCount(Pointer array);

    Pointer CFArrayGetValueAtIndex(Pointer array, long index);

    @Nullable
    Pointer CFDataCreate(@Nullable Pointer allocator, byte[] bytes, long length);

    long CFDataGetLength(Pointer data);

    Pointer CFDataGetBytePtr(Pointer data);

    @Nullable
    Pointer CFDictionaryCreate(
            @Nullable Pointer allocator,
            Pointer[] keys,
            Pointer[] values,
            long count,
            Pointer keyCallBacks,
            Pointer valueCallBacks);

    @Nullable
    Pointer CFErrorGetDomain(Pointer error);

    long CFErrorGetCode(Pointer error);

    /** A Boolean: one byte. */
    byte CFStringGetCString(Pointer string, byte[] buffer, long size, int encoding);

    /** The text ends with a zero. */
    @Nullable
    Pointer CFStringCreateWithCString(@Nullable Pointer allocator, byte[] text, int encoding);

    /** Lent by the dictionary; null where it has no such key. */
    @Nullable
    Pointer CFDictionaryGetValue(Pointer dictionary, Pointer key);

    /** A Boolean: one byte. */
    byte CFNumberGetValue(Pointer number, long type, IntByReference value);

    /** A Boolean: one byte. */
    byte CFEqual(Pointer one, Pointer other);
}
