package org.zegel.app.throwaway;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.throwaway.ThrowawayAuthority;

/** Keys made for one run, in memory only, forgotten with the process. */
public interface ThrowawayKeys {
    /** Where the private keys are. */
    MemoryStore store();

    /** Who issued the certificates that are trusted. */
    ThrowawayAuthority authority();

    /** The certificates that others encrypt to, by a name. */
    Map<String, X509Certificate> certificates();

    /** A CRL that revokes nobody: with it revocation is settled. */
    default X509CRL crl() {
        try {
            return authority().crl(List.of());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
