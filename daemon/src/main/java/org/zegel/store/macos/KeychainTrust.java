package org.zegel.store.macos;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was said in Keychain Access, by the person or the administrator, of CAs that are not to be trusted for e-mail. */
public final class KeychainTrust implements Predicate<X509Certificate> {
    private static final Logger LOG = LoggerFactory.getLogger(KeychainTrust.class);

    /** kSecTrustSettingsDomainUser and kSecTrustSettingsDomainAdmin (SecTrustSettings.h). */
    private static final int[] DOMAINS = {0, 1};

    /** kSecTrustSettingsResultDeny. */
    private static final int DENY = 3;

    /** errSecItemNotFound. */
    private static final int NOT_FOUND = -25_300;

    /** Most settings of one certificate that are looked at. */
    static final int MAX_SETTINGS = 200;

    private final SecurityKeychain.Loader loader;
    private @Nullable Frameworks loaded;

    KeychainTrust(SecurityKeychain.Loader loader) {
        this.loader = loader;
    }

    /** That of the machine; only on macOS. */
    public static KeychainTrust ofThisMachine() {
        return new KeychainTrust(Frameworks::load);
    }

    /** False where one of them said "never trust", of everything or of e-mail. What cannot be read says nothing. */
    @Override
    public boolean test(X509Certificate certificate) {
        try {
            Frameworks mac = frameworks();
            try (CfRef data = mac.data(certificate.getEncoded());
                    CfRef own = mac.owned(mac.security().SecCertificateCreateWithData(null, data.get()))) {
                for (int domain : DOMAINS) {
                    if (denied(mac, own, domain)) {
                        return false;
                    }
                }
            }
        } catch (KeychainError | CertificateEncodingException unreadable) {
            LOG.warn("The trust settings of a CA could not be read", unreadable);
        }
        return true;
    }

    private synchronized Frameworks frameworks() throws KeychainError {
        Frameworks now = loaded;
        if (now == null) {
            now = loader.load();
            loaded = now;
        }
        return now;
    }

    private static boolean denied(Frameworks mac, CfRef certificate, int domain) throws KeychainError {
        PointerByReference result = new PointerByReference();
        int status = mac.security().SecTrustSettingsCopyTrustSettings(certificate.get(), domain, result);
        if (status == NOT_FOUND) {
            return false;
        }
        try (CfRef settings = mac.owned(status, result)) {
            long count = Math.min(MAX_SETTINGS, mac.foundation().CFArrayGetCount(settings.get()));
            for (long at = 0; at < count; at++) {
                Pointer setting = mac.foundation().CFArrayGetValueAtIndex(settings.get(), at);
                if (isDenial(mac, setting) && isOfMail(mac, setting)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isDenial(Frameworks mac, Pointer setting) throws KeychainError {
        // These keys are no constants of the library: the header makes strings of them.
        try (CfRef key = mac.string("kSecTrustSettingsResult")) {
            Pointer number = mac.foundation().CFDictionaryGetValue(setting, key.get());
            IntByReference value = new IntByReference();
            return number != null
                    && mac.foundation().CFNumberGetValue(number, CoreFoundation.SINT32, value) != 0
                    && value.getValue() == DENY;
        }
    }

    /** Without a policy a setting is one of everything. */
    private static boolean isOfMail(Frameworks mac, Pointer setting) throws KeychainError {
        try (CfRef key = mac.string("kSecTrustSettingsPolicy")) {
            Pointer policy = mac.foundation().CFDictionaryGetValue(setting, key.get());
            if (policy == null) {
                return true;
            }
            try (CfRef properties = mac.owned(mac.security().SecPolicyCopyProperties(policy))) {
                Pointer oid = mac.foundation()
                        .CFDictionaryGetValue(properties.get(), mac.symbols().value("kSecPolicyOid"));
                return oid != null
                        && mac.foundation().CFEqual(oid, mac.symbols().value("kSecPolicyAppleSMIME")) != 0;
            }
        }
    }
}
