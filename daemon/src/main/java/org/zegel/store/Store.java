package org.zegel.store;

import java.util.List;
import java.util.Optional;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;

/**
 * A place certificates and keys live. Listing needs no login wherever the store allows it. What only some stores can
 * do is an optional capability: ask for it and get an Optional. Safe for use by several threads.
 */
public interface Store {
    StoreId id();

    /** Kind, name and state, in words that help; never fails. */
    StoreInfo info();

    /** Identities with a private key, retired ones included. */
    List<Identity> identities() throws Failure;

    /**
     * Binds the private key to the consent for the calls that follow; may ask for PIN or passphrase through it.
     *
     * @throws Failure {@code IDENTITY_NOT_FOUND}, {@code PIN_INCORRECT}, {@code TOKEN_REMOVED}, ...
     */
    BoundKey bind(Identity identity, ConsentGranted consent) throws Failure;

    /** Certificates without a private key that the store holds (other people's, CAs). */
    default Optional<CertificateSource> certificates() {
        return Optional.empty();
    }

    /** Import, removal and export of identities. */
    default Optional<IdentityAdministration> administration() {
        return Optional.empty();
    }

    /** The token that the store is, or would be if its card could be used. */
    default Optional<TokenInfo> tokenInfo() {
        return Optional.empty();
    }

    /** Forgetting what was unlocked. */
    default Optional<Locking> locking() {
        return Optional.empty();
    }
}
