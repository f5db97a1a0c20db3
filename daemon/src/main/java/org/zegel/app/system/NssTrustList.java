package org.zegel.app.system;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mozilla's list of CAs in NSS's own module (libnssckbi), which says of each whether it is for e-mail: the bundles that
 * systems make for web servers do not. Read through PKCS#11, once.
 */
public final class NssTrustList implements Predicate<X509Certificate> {
    /** Where Debian, Fedora, Arch and SUSE put it. */
    public static final List<Path> USUAL = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libnssckbi.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/nss/libnssckbi.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/libnssckbi.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/nss/libnssckbi.so"),
            Path.of("/usr/lib64/libnssckbi.so"),
            Path.of("/usr/lib/libnssckbi.so"));

    private static final Logger LOG = LoggerFactory.getLogger(NssTrustList.class);

    /** Most entries that are read; there are about 200. */
    private static final int MAX_ENTRIES = 5_000;

    private static final int SHA1_BYTES = 20;
    private static final int ULONG = 8;

    // PKCS#11 and NSS's additions to it.
    private static final long CKA_CLASS = 0;
    private static final long CKO_NSS_TRUST = 0xce534353L;
    private static final long CKA_TRUST_EMAIL_PROTECTION = 0xce53635bL;
    private static final long CKA_CERT_SHA1_HASH = 0xce5363b4L;
    private static final long CKT_NSS_TRUSTED_DELEGATOR = 0xce534352L;
    private static final long CKF_SERIAL_SESSION = 4;
    private static final int CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;
    private static final int FUNCTION_LIST_HEADER = 8;
    private static final int C_INITIALIZE = 0;
    private static final int C_FINALIZE = 1;
    private static final int C_GET_SLOT_LIST = 4;
    private static final int C_OPEN_SESSION = 12;
    private static final int C_CLOSE_SESSION = 13;
    private static final int C_GET_ATTRIBUTE_VALUE = 24;
    private static final int C_FIND_OBJECTS_INIT = 26;
    private static final int C_FIND_OBJECTS = 27;

    /** By SHA-1 of the certificate, as the module names them: whether it is a CA for e-mail. */
    private final Map<String, Boolean> forMail;

    private NssTrustList(Map<String, Boolean> forMail) {
        this.forMail = Map.copyOf(forMail);
    }

    /** The list of the first of these modules that there is; where there is none, or it cannot be read, an empty one. */
    public static NssTrustList read(List<Path> modules) {
        for (Path module : modules) {
            if (Files.isRegularFile(module) && System.getProperty("os.arch", "").contains("64")) {
                try {
                    return new NssTrustList(new Module(module).entries());
                } catch (IllegalStateException | UnsatisfiedLinkError unreadable) {
                    LOG.warn("The system's list of CAs for e-mail could not be read", unreadable);
                }
            }
        }
        return new NssTrustList(Map.of());
    }

    public int size() {
        return forMail.size();
    }

    /** False for a CA that the list names and does not trust for e-mail; what it does not name is for others to judge. */
    @Override
    public boolean test(X509Certificate anchor) {
        if (forMail.isEmpty()) {
            return true;
        }
        try {
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(anchor.getEncoded()));
            return forMail.getOrDefault(sha1, true);
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    /** The module's few functions that are called. */
    private static final class Module {
        private final Pointer functions;

        Module(Path file) {
            PointerByReference list = new PointerByReference();
            NativeLibrary library = NativeLibrary.getInstance(file.toString());
            checked(library.getFunction("C_GetFunctionList").invokeInt(new Object[] {list}), "C_GetFunctionList");
            functions = list.getValue();
        }

        Map<String, Boolean> entries() {
            int started = function(C_INITIALIZE).invokeInt(new Object[] {Pointer.NULL});
            if (started != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                checked(started, "C_Initialize");
            }
            try {
                Memory slots = new Memory((long) ULONG * MAX_ENTRIES);
                NativeLongByReference count = new NativeLongByReference();
                count.setValue(new NativeLong(MAX_ENTRIES));
                call(C_GET_SLOT_LIST, (byte) 1, slots, count);
                Map<String, Boolean> entries = new HashMap<>();
                for (int i = 0; i < count.getValue().intValue(); i++) {
                    entries(slots.getLong((long) i * ULONG), entries);
                }
                return entries;
            } finally {
                if (started == 0) {
                    function(C_FINALIZE).invokeInt(new Object[] {Pointer.NULL});
                }
            }
        }

        private void entries(long slot, Map<String, Boolean> entries) {
            NativeLongByReference session = new NativeLongByReference();
            call(C_OPEN_SESSION, slot, CKF_SERIAL_SESSION, Pointer.NULL, Pointer.NULL, session);
            long handle = session.getValue().longValue();
            try {
                Memory kind = new Memory(ULONG);
                kind.setLong(0, CKO_NSS_TRUST);
                call(C_FIND_OBJECTS_INIT, handle, attributes(new long[] {CKA_CLASS}, kind), 1L);
                Memory objects = new Memory((long) ULONG * MAX_ENTRIES);
                NativeLongByReference found = new NativeLongByReference();
                call(C_FIND_OBJECTS, handle, objects, (long) MAX_ENTRIES, found);
                for (int i = 0; i < found.getValue().intValue(); i++) {
                    entry(handle, objects.getLong((long) i * ULONG), entries);
                }
            } finally {
                function(C_CLOSE_SESSION).invokeInt(new Object[] {handle});
            }
        }

        /** Entries without a hash are about certificates that are no anchors: passed over. */
        private void entry(long session, long object, Map<String, Boolean> entries) {
            Memory hash = new Memory(SHA1_BYTES);
            Memory trust = new Memory(ULONG);
            Memory wanted = attributes(new long[] {CKA_CERT_SHA1_HASH, CKA_TRUST_EMAIL_PROTECTION}, hash, trust);
            int result = function(C_GET_ATTRIBUTE_VALUE).invokeInt(new Object[] {session, object, wanted, 2L});
            if (result == 0) {
                entries.put(
                        HexFormat.of().formatHex(hash.getByteArray(0, SHA1_BYTES)),
                        trust.getLong(0) == CKT_NSS_TRUSTED_DELEGATOR);
            }
        }

        /** An array of CK_ATTRIBUTE: type, pointer, length. */
        private static Memory attributes(long[] types, Memory... values) {
            Memory array = new Memory(3L * ULONG * types.length);
            for (int i = 0; i < types.length; i++) {
                long at = 3L * ULONG * i;
                array.setLong(at, types[i]);
                array.setPointer(at + ULONG, values[i]);
                array.setLong(at + 2L * ULONG, values[i].size());
            }
            return array;
        }

        private void call(int index, Object... arguments) {
            checked(function(index).invokeInt(arguments), "function " + index);
        }

        private Function function(int index) {
            return Function.getFunction(functions.getPointer(FUNCTION_LIST_HEADER + (long) index * ULONG));
        }

        private static void checked(int result, String what) {
            if (result != 0) {
                throw new IllegalStateException(what + " of the module failed: " + Integer.toHexString(result));
            }
        }
    }
}
