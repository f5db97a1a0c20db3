package org.zegel.model;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * A certificate whose private key Zegel can use.
 *
 * @param chain issuers as far as the store knows them, nearest first, without the certificate itself
 * @param retired kept for decryption only: expired, replaced or marked so by its store
 */
public record Identity(
        IdentityId id,
        StoreId store,
        X509Certificate certificate,
        List<X509Certificate> chain,
        Set<KeyUse> uses,
        boolean retired) {

    /** What the private key can be used for, by key usage and algorithm. */
    public enum KeyUse {
        SIGN,
        DECRYPT,
        AGREE
    }

    public Identity {
        chain = List.copyOf(chain);
        uses = Set.copyOf(uses);
    }
}
