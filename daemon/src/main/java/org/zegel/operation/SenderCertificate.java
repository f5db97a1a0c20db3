package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.IdentityPreferences;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.store.Stores;

/** The sender's own certificate, to which every encrypted message is encrypted as well. */
public final class SenderCertificate {
    private final Stores stores;
    private final IdentityPreferences preferences;
    private final Clock clock;

    public SenderCertificate(Stores stores, IdentityPreferences preferences, Clock clock) {
        this.stores = stores;
        this.preferences = preferences;
        this.clock = clock;
    }

    /**
     * A valid certificate of the sender whose key can decrypt: the preferred identity's, else the signer's, else the
     * newest.
     */
    public Optional<X509Certificate> find(List<EmailAddress> from, @Nullable Identity signer) throws Failure {
        List<IdentityId> preferred = preferred(from);
        return stores.identities().stream()
                .filter(SenderCertificate::canDecrypt)
                .filter(identity -> !identity.retired())
                .filter(identity -> Validity.covers(identity.certificate(), clock.instant()))
                .filter(identity -> isSigner(identity, signer) || names(identity, from))
                .max(Comparator.comparing((Identity identity) -> preferred.contains(identity.id()))
                        .thenComparing(identity -> isSigner(identity, signer))
                        .thenComparing(identity -> identity.certificate().getNotBefore()))
                .map(Identity::certificate);
    }

    private List<IdentityId> preferred(List<EmailAddress> from) throws Failure {
        List<IdentityId> ids = new ArrayList<>();
        for (EmailAddress address : from) {
            preferences.preferred(address).ifPresent(ids::add);
        }
        return ids;
    }

    private static boolean canDecrypt(Identity identity) {
        return identity.uses().contains(Identity.KeyUse.DECRYPT)
                || identity.uses().contains(Identity.KeyUse.AGREE);
    }

    private static boolean isSigner(Identity identity, @Nullable Identity signer) {
        return signer != null && identity.id().equals(signer.id());
    }

    private static boolean names(Identity identity, List<EmailAddress> from) {
        return CertificateAddresses.of(identity.certificate()).stream()
                .anyMatch(address -> from.stream().anyMatch(address::matches));
    }
}
