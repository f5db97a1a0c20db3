package org.zegel.store.cryptoki;

import java.nio.ByteBuffer;
import java.util.Set;

/** Attributes ({@code CKA_*}) and object classes ({@code CKO_*}) by their numbers. */
public final class Attribute {
    public static final long CLASS = 0x0;
    public static final long TOKEN = 0x1;
    public static final long LABEL = 0x3;
    public static final long VALUE = 0x11;
    public static final long CERTIFICATE_TYPE = 0x80;
    public static final long KEY_TYPE = 0x100;
    public static final long ID = 0x102;
    public static final long SENSITIVE = 0x103;
    public static final long DECRYPT = 0x105;
    public static final long SIGN = 0x108;
    public static final long DERIVE = 0x10C;
    public static final long VALUE_LEN = 0x161;
    public static final long EXTRACTABLE = 0x162;
    public static final long ALWAYS_AUTHENTICATE = 0x202;

    public static final long CLASS_CERTIFICATE = 0x1;
    public static final long CLASS_PUBLIC_KEY = 0x2;
    public static final long CLASS_PRIVATE_KEY = 0x3;
    public static final long CLASS_SECRET_KEY = 0x4;

    /** Numbers of NSS' own attributes and objects begin here. */
    private static final long NSS_TRUST_FIRST = 0xCE534351L + 0x2000;

    private static final long NSS_TRUST_LAST = NSS_TRUST_FIRST + 20;

    /** CK_ULONG in the standard; the common ones, and NSS' trust. */
    private static final Set<Long> NUMBERS =
            Set.of(CLASS, CERTIFICATE_TYPE, KEY_TYPE, VALUE_LEN, 0x86L, 0x87L, 0x121L, 0x133L, 0x166L, 0x300L);

    private Attribute() {}

    /** Whether a value is a CK_ULONG, whose size depends on the system; here it is always 8 bytes, big-endian. */
    public static boolean isNumber(long attribute) {
        return NUMBERS.contains(attribute) || attribute >= NSS_TRUST_FIRST && attribute <= NSS_TRUST_LAST;
    }

    /** A number as the value of an attribute. */
    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long toNumber(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
