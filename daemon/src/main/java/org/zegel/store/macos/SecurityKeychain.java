package org.zegel.store.macos;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keychain of macOS itself. */
final class SecurityKeychain implements Keychain {
    /** Most items of one kind that are looked at. */
    static final int MAX_ITEMS = 2000;

    /** errSecItemNotFound. */
    private static final int NOT_FOUND = -25_300;

    /** Gets the frameworks, once they are needed. */
    interface Loader {
        Frameworks load() throws KeychainError;
    }

    private final Loader loader;
    private @Nullable Frameworks loaded;

    SecurityKeychain(Loader loader) {
        this.loader = loader;
    }

    private synchronized Frameworks frameworks() throws KeychainError {
        Frameworks now = loaded;
        if (now == null) {
            now = loader.load();
            loaded = now;
        }
        return now;
    }

    /** What is done with each item that a search finds; it belongs to the search. Gives false to end it. */
    private interface Visitor {
        boolean visit(Pointer item) throws KeychainError;
    }

    @Override
    public List<byte[]> identities() throws KeychainError {
        Frameworks mac = frameworks();
        List<byte[]> found = new ArrayList<>();
        search(mac, "kSecClassIdentity", identity -> found.add(certificate(mac, identity)));
        return found;
    }

    @Override
    public List<byte[]> certificates() throws KeychainError {
        Frameworks mac = frameworks();
        List<byte[]> found = new ArrayList<>();
        search(mac, "kSecClassCertificate", certificate -> found.add(encoded(mac, certificate)));
        return found;
    }

    @Override
    public Optional<Key> key(byte[] certificate) throws KeychainError {
        Frameworks mac = frameworks();
        List<Key> found = new ArrayList<>();
        search(mac, "kSecClassIdentity", identity -> {
            if (!Arrays.equals(certificate(mac, identity), certificate)) {
                return true;
            }
            PointerByReference result = new PointerByReference();
            int status = mac.security().SecIdentityCopyPrivateKey(identity, result);
            found.add(new SecurityKey(mac, mac.owned(status, result)));
            return false;
        });
        return found.stream().findFirst();
    }

    private static void search(Frameworks mac, String kind, Visitor visitor) throws KeychainError {
        PointerByReference result = new PointerByReference();
        int status;
        try (CfRef query = mac.dictionary(
                Map.of("kSecClass", kind, "kSecMatchLimit", "kSecMatchLimitAll", "kSecReturnRef", "kCFBooleanTrue"))) {
            status = mac.security().SecItemCopyMatching(query.get(), result);
        }
        if (status == NOT_FOUND) {
            return;
        }
        try (CfRef items = mac.owned(status, result)) {
            long count = Math.min(MAX_ITEMS, mac.foundation().CFArrayGetCount(items.get()));
            boolean more = true;
            for (long at = 0; more && at < count; at++) {
                more = visitor.visit(mac.foundation().CFArrayGetValueAtIndex(items.get(), at));
            }
        }
    }

    private static byte[] certificate(Frameworks mac, Pointer identity) throws KeychainError {
        PointerByReference result = new PointerByReference();
        int status = mac.security().SecIdentityCopyCertificate(identity, result);
        try (CfRef certificate = mac.owned(status, result)) {
            return encoded(mac, certificate.get());
        }
    }

    private static byte[] encoded(Frameworks mac, Pointer certificate) throws KeychainError {
        return mac.bytes(mac.owned(mac.security().SecCertificateCopyData(certificate)));
    }
}
