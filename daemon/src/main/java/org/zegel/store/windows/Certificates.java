package org.zegel.store.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificate stores of the person who is logged in. */
final class Certificates {
    /** Longest certificate that is looked at, in bytes. */
    static final int MAX_CERTIFICATE = 1 << 16;

    /** Most certificates of one store that are looked at. */
    static final int MAX_CERTIFICATES = 5000;

    /** Longest description of a key's place that is read, in bytes. */
    private static final int MAX_CONTAINER = 1 << 16;

    /** The person's own certificates. */
    static final String OWN = "MY";

    private final Libraries windows;

    Certificates(Libraries windows) {
        this.windows = windows;
    }

    /** A certificate as it is stored. */
    record Stored(byte[] encoded, boolean hasKey) {}

    /** What is done with each certificate; its handle belongs to the walk. Gives false to end it. */
    private interface Visitor {
        boolean visit(Pointer certificate) throws WindowsException;
    }

    /** All of the system store with this name; none where there is no such store. */
    List<Stored> all(String store) throws WindowsException {
        List<Stored> found = new ArrayList<>();
        walk(store, certificate -> {
            byte[] encoded = encoded(certificate);
            if (encoded != null) {
                found.add(new Stored(encoded, hasKey(certificate)));
            }
            return true;
        });
        return found;
    }

    /** Opens the certificate's private key; empty when the certificate is gone. May ask for a card. */
    Optional<NativeKey> key(byte[] encoded) throws WindowsException {
        List<NativeKey> found = new ArrayList<>();
        walk(OWN, certificate -> {
            if (!Arrays.equals(encoded(certificate), encoded) || !hasKey(certificate)) {
                return true;
            }
            found.add(acquire(certificate));
            return false;
        });
        return found.stream().findFirst();
    }

    private void walk(String name, Visitor visitor) throws WindowsException {
        Pointer opened = windows.crypt32()
                .CertOpenStore(
                        new Pointer(Flags.CERT_STORE_PROV_SYSTEM_W),
                        0,
                        null,
                        Flags.CERT_SYSTEM_STORE_CURRENT_USER
                                | Flags.CERT_STORE_OPEN_EXISTING_FLAG
                                | Flags.CERT_STORE_READONLY_FLAG,
                        new WString(name));
        if (opened == null && windows.lastError().getAsInt() == Flags.ERROR_FILE_NOT_FOUND) {
            return;
        }
        Pointer store = windows.orThrow("CertOpenStore", opened);
        try {
            each(store, visitor);
        } finally {
            windows.crypt32().CertCloseStore(store, 0);
        }
    }

    /** The next one takes the one before over, and frees it. */
    private void each(Pointer store, Visitor visitor) throws WindowsException {
        Pointer current = windows.crypt32().CertEnumCertificatesInStore(store, null);
        for (int count = 1; current != null; count++) {
            boolean more = false;
            try {
                more = visitor.visit(current) && count < MAX_CERTIFICATES;
            } finally {
                if (!more) {
                    windows.crypt32().CertFreeCertificateContext(current);
                }
            }
            if (!more) {
                return;
            }
            current = windows.crypt32().CertEnumCertificatesInStore(store, current);
        }
    }

    private static byte @Nullable [] encoded(Pointer certificate) {
        Structures.CertContext context = new Structures.CertContext(certificate);
        Pointer encoded = context.pbCertEncoded;
        int length = context.cbCertEncoded;
        return encoded == null || length <= 0 || length > MAX_CERTIFICATE ? null : encoded.getByteArray(0, length);
    }

    private boolean hasKey(Pointer certificate) {
        return windows.crypt32()
                .CertGetCertificateContextProperty(
                        certificate, Flags.CERT_KEY_PROV_INFO_PROP_ID, null, new IntByReference());
    }

    private KeyContainer container(Pointer certificate) throws WindowsException {
        IntByReference length = new IntByReference();
        property(certificate, null, length);
        if (length.getValue() < new Structures.KeyProvInfo().size() || length.getValue() > MAX_CONTAINER) {
            throw new WindowsException("CertGetCertificateContextProperty", WindowsCode.NTE_NOT_SUPPORTED.value());
        }
        try (Memory memory = new Memory(length.getValue())) {
            property(certificate, memory, length);
            Structures.KeyProvInfo info = new Structures.KeyProvInfo(memory);
            return new KeyContainer(
                    text(info.pwszContainerName), text(info.pwszProvName), info.dwProvType, info.dwFlags);
        }
    }

    private void property(Pointer certificate, @Nullable Memory memory, IntByReference length) throws WindowsException {
        windows.orThrow(
                "CertGetCertificateContextProperty",
                windows.crypt32()
                        .CertGetCertificateContextProperty(
                                certificate, Flags.CERT_KEY_PROV_INFO_PROP_ID, memory, length));
    }

    private static String text(@Nullable Pointer at) {
        return at == null ? "" : Wide.read(at);
    }

    private NativeKey acquire(Pointer certificate) throws WindowsException {
        LongByReference key = new LongByReference();
        IntByReference keySpec = new IntByReference();
        IntByReference ours = new IntByReference();
        long window = windows.window().getAsLong();
        try (Memory parent = new Memory(Long.BYTES)) {
            parent.setLong(0, window);
            windows.orThrow(
                    "CryptAcquireCertificatePrivateKey",
                    windows.crypt32()
                            .CryptAcquireCertificatePrivateKey(
                                    certificate,
                                    Flags.CRYPT_ACQUIRE_PREFER_NCRYPT_KEY_FLAG
                                            | (window == 0 ? 0 : Flags.CRYPT_ACQUIRE_WINDOW_HANDLE_FLAG),
                                    window == 0 ? null : parent,
                                    key,
                                    keySpec,
                                    ours));
        }
        boolean cng = keySpec.getValue() == Flags.CERT_NCRYPT_KEY_SPEC;
        Handle handle = ours.getValue() == 0
                ? lent(certificate, key.getValue())
                : cng ? CngKey.owned(windows, key.getValue()) : CapiKey.owned(windows, key.getValue());
        if (cng) {
            return new CngKey(windows, handle);
        }
        try {
            return new CapiKey(windows, handle, keySpec.getValue(), container(certificate));
        } catch (WindowsException unreadable) {
            handle.close();
            throw unreadable;
        }
    }

    /** A handle that belongs to the certificate ends with the certificate's last owner: that is us for as long as we use it. */
    private Handle lent(Pointer certificate, long key) throws WindowsException {
        Pointer owner = windows.orThrow(
                "CertDuplicateCertificateContext", windows.crypt32().CertDuplicateCertificateContext(certificate));
        return new Handle(key, lent -> windows.crypt32().CertFreeCertificateContext(owner));
    }
}
