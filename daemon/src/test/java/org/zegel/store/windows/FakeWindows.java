package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.fixtures.TestIdentity;

/**
 * crypt32.dll as its documentation describes it, over stores in memory. Every handle is counted: one that is used after it
 * was freed, or freed twice, fails the call.
 */
final class FakeWindows implements Libraries.Crypt32 {
    static final long WINDOW = 0x4242;

    private static final int FILE_NOT_FOUND = 2;
    private static final int NO_PROPERTY = 0x80092004;

    private final Map<String, List<Entry>> stores = new HashMap<>();
    private final Map<Long, Object> handles = new HashMap<>();
    private final Map<Long, Integer> copies = new HashMap<>();
    private final Map<Long, Long> keysOfCertificates = new HashMap<>();
    private final List<Memory> kept = new ArrayList<>();
    private final FakeCng cng = new FakeCng(this);
    private final FakeCapi capi = new FakeCapi(this);
    private long next = 0x1000;
    private int lastError;
    private int openError;
    private int acquireError;
    private boolean byCapi;
    private boolean cached;
    private String provider = "Microsoft Base Cryptographic Provider v1.0";

    private final Map<TestIdentity, TestIdentity> swapped = new HashMap<>();

    /** The identity's private key is from now on another one's. */
    void swapKey(TestIdentity of, TestIdentity other) {
        swapped.put(of, other);
    }

    private record Entry(byte[] encoded, @Nullable TestIdentity identity) {}

    private record Context(Entry entry, int index) {}

    FakeWindows with(TestIdentity identity) {
        return add("MY", new Entry(encoded(identity), identity));
    }

    FakeWindows withOther(String store, byte[] certificate) {
        return add(store, new Entry(certificate, null));
    }

    private FakeWindows add(String store, Entry entry) {
        stores.computeIfAbsent(store, name -> new ArrayList<>()).add(entry);
        return this;
    }

    /** Keys that CNG cannot open, of this provider. */
    FakeWindows byCapi(String ofProvider) {
        byCapi = true;
        provider = ofProvider;
        return this;
    }

    /** Handles of keys belong to their certificates. */
    FakeWindows cached() {
        cached = true;
        return this;
    }

    void openingFails(int code) {
        openError = code;
    }

    void acquiringFails(int code) {
        acquireError = code;
    }

    FakeCng cng() {
        return cng;
    }

    FakeCapi capi() {
        return capi;
    }

    Libraries libraries() {
        return new Libraries(this, cng, capi, () -> lastError, () -> WINDOW);
    }

    /** Handles that nobody freed. */
    Map<Long, Object> alive() {
        return handles;
    }

    long make(Object value) {
        handles.put(++next, value);
        return next;
    }

    <T> T the(Class<T> type, long handle) {
        assertThat(handles).as("handles that are open").containsKey(handle);
        return type.cast(handles.get(handle));
    }

    void free(long handle) {
        assertThat(handles.remove(handle)).as("what is freed").isNotNull();
    }

    boolean fail(int code) {
        lastError = code;
        return code == 0;
    }

    @Override
    public @Nullable Pointer CertOpenStore(
            Pointer byName, int encoding, @Nullable Pointer unused, int flags, WString name) {
        assertThat(Pointer.nativeValue(byName)).isEqualTo(10);
        assertThat(flags).isEqualTo(0x10000 | 0x4000 | 0x8000);
        List<Entry> entries = stores.get(name.toString());
        fail(openError != 0 ? openError : FILE_NOT_FOUND);
        return openError != 0 || entries == null ? null : new Pointer(make(entries));
    }

    @Override
    public boolean CertCloseStore(Pointer store, int flags) {
        free(Pointer.nativeValue(store));
        return true;
    }

    @Override
    public @Nullable Pointer CertEnumCertificatesInStore(Pointer store, @Nullable Pointer previous) {
        int index = 0;
        if (previous != null) {
            index = context(previous).index() + 1;
            CertFreeCertificateContext(previous);
        }
        List<?> entries = the(List.class, Pointer.nativeValue(store));
        if (index == entries.size()) {
            fail(NO_PROPERTY);
            return null;
        }
        Entry entry = (Entry) entries.get(index);
        Memory encoded = new Memory(Math.max(1, entry.encoded().length));
        encoded.write(0, entry.encoded(), 0, entry.encoded().length);
        Memory context = new Memory(40);
        context.clear();
        context.setInt(0, 1);
        context.setPointer(8, encoded);
        context.setInt(16, entry.encoded().length);
        kept.addAll(List.of(encoded, context));
        handles.put(Pointer.nativeValue(context), new Context(entry, index));
        return context;
    }

    private Context context(Pointer certificate) {
        return the(Context.class, Pointer.nativeValue(certificate));
    }

    @Override
    public boolean CertFreeCertificateContext(Pointer certificate) {
        long at = Pointer.nativeValue(certificate);
        if (copies.getOrDefault(at, 0) > 0) {
            copies.merge(at, -1, Integer::sum);
            return true;
        }
        free(at);
        Long key = keysOfCertificates.remove(at);
        if (key != null) {
            free(key);
        }
        return true;
    }

    @Override
    public Pointer CertDuplicateCertificateContext(Pointer certificate) {
        context(certificate);
        copies.merge(Pointer.nativeValue(certificate), 1, Integer::sum);
        return certificate;
    }

    @Override
    public boolean CertGetCertificateContextProperty(
            Pointer certificate, int property, @Nullable Pointer data, IntByReference length) {
        assertThat(property).isEqualTo(2);
        if (context(certificate).entry().identity() == null) {
            return fail(NO_PROPERTY);
        }
        length.setValue(56);
        if (data != null) {
            Memory container = Wide.of("{the container}");
            Memory name = Wide.of(provider);
            kept.addAll(List.of(container, name));
            data.clear(56);
            data.setPointer(0, container);
            data.setPointer(8, name);
            data.setInt(16, byCapi ? 1 : 0);
            data.setInt(20, 0x20 | 0x40);
            data.setInt(40, 1);
        }
        return true;
    }

    @Override
    public boolean CryptAcquireCertificatePrivateKey(
            Pointer certificate,
            int flags,
            @Nullable Pointer parameters,
            LongByReference key,
            IntByReference keySpec,
            IntByReference callerFrees) {
        // CNG preferred, never silent, the parent window told.
        assertThat(flags).isEqualTo(0x20000 | 0x80);
        assertThat(parameters).isNotNull();
        assertThat(parameters.getLong(0)).isEqualTo(WINDOW);
        if (acquireError != 0) {
            return fail(acquireError);
        }
        TestIdentity identity = context(certificate).entry().identity();
        assertThat(identity).isNotNull();
        identity = swapped.getOrDefault(identity, identity);
        Object owned = byCapi ? new FakeCapi.Provider(identity, provider) : identity;
        key.setValue(make(owned));
        keySpec.setValue(byCapi ? 1 : -1);
        callerFrees.setValue(cached ? 0 : 1);
        if (cached) {
            keysOfCertificates.put(Pointer.nativeValue(certificate), key.getValue());
        }
        return true;
    }

    private static byte[] encoded(TestIdentity identity) {
        try {
            return identity.certificate().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
