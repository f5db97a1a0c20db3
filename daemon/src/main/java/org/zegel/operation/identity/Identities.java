package org.zegel.operation.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.consent.Consent;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.ConsentService;
import org.zegel.consent.PlannedChange;
import org.zegel.content.Content;
import org.zegel.directory.IdentityPreferences;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Client;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.operation.Administration;
import org.zegel.operation.Call;
import org.zegel.operation.ChangeLog;
import org.zegel.operation.KeyAccess;
import org.zegel.operation.SigningIdentity;
import org.zegel.store.IdentityAdministration;
import org.zegel.store.Store;
import org.zegel.store.Stores;

/** Lists, imports, exports, prefers and removes identities. */
public final class Identities {
    /** Largest key file that is imported, in bytes. */
    public static final int MAX_FILE = 1 << 20;

    private final Stores stores;
    private final KeyAccess keys;
    private final Consent consent;
    private final IdentityPreferences preferences;
    private final ChangeLog changes;

    public Identities(
            Stores stores, KeyAccess keys, Consent consent, IdentityPreferences preferences, ChangeLog changes) {
        this.stores = stores;
        this.keys = keys;
        this.consent = consent;
        this.preferences = preferences;
        this.changes = changes;
    }

    /** {@code preferred}: the person chose it for one of its addresses, or for the address asked about. */
    public record Entry(
            IdentityId identity,
            StoreId store,
            Set<Identity.KeyUse> uses,
            boolean retired,
            boolean preferred,
            CertificateSummary certificate) {}

    /** All identities that the client may use, or those that name the address. */
    public List<Entry> list(Client client, @Nullable EmailAddress address) throws Failure {
        List<Entry> entries = new ArrayList<>();
        for (Identity identity : stores.identities()) {
            if (!client.mayUse(identity.id())) {
                continue;
            }
            if (address == null || names(identity, address)) {
                entries.add(entry(identity, address));
            }
        }
        return entries;
    }

    /** Imports the identities of a key file into Zegel's own store; asks for the file's passphrase. */
    public List<Entry> add(Content file, Call call) throws Failure, IOException {
        if (file.size() > MAX_FILE) {
            throw new Failure(Failure.Kind.CONTENT_TOO_LARGE, "A key file holds at most " + MAX_FILE + " bytes.");
        }
        Store store = Administration.store(stores, null);
        AuditEvent line = AuditEvent.of(call.client(), "identity.import");
        PlannedChange change = new PlannedChange.ImportIdentity(store.info().name());
        byte[] bytes = file.bytes(MAX_FILE);
        List<Identity> imported = changes.outside(
                line,
                begin -> {
                    ConsentGranted granted = consent.forChange(call.client(), change);
                    return Administration.of(store).importFile(bytes, granted, added -> {
                        for (Identity identity : added) {
                            begin.of(about(line, identity));
                        }
                    });
                },
                all -> all.stream().map(identity -> about(line, identity)).toList());
        List<Entry> entries = new ArrayList<>();
        for (Identity identity : imported) {
            entries.add(entry(identity, null));
        }
        return entries;
    }

    private static AuditEvent about(AuditEvent line, Identity identity) {
        return line.withKey(identity.id().value(), Fingerprint.sha256(identity.certificate()));
    }

    /** One identity as a PKCS#12 file, under a passphrase that the person types. */
    public Content export(IdentityId id, Call call) throws Failure {
        Identity identity = stores.identity(id);
        Store store = Administration.store(stores, identity.store());
        return Content.of(keys.export(call.client(), identity, Administration.of(store)));
    }

    /**
     * Shows the certificate and asks; it and its key are gone for good then. Only a store that Zegel itself keeps loses
     * any.
     *
     * @throws Failure {@code UNSUPPORTED} where another program keeps the store, {@code IDENTITY_NOT_FOUND}
     */
    public void remove(IdentityId id, Call call) throws Failure {
        if (!call.client().mayUse(id)) {
            throw ConsentService.notAllowed(id);
        }
        Identity identity = stores.identity(id);
        Store store = Administration.store(stores, identity.store());
        IdentityAdministration administration = Administration.of(store);
        AuditEvent line = about(AuditEvent.of(call.client(), "identity.remove"), identity);
        PlannedChange change = new PlannedChange.RemoveIdentity(
                store.info().name(), identity.certificate(), !identity.uses().equals(Set.of(Identity.KeyUse.SIGN)));
        changes.<@Nullable Object>outside(
                line,
                begin -> {
                    ConsentGranted granted = consent.forChange(call.client(), change);
                    administration.remove(id, granted, added -> begin.of(line));
                    return null;
                },
                done -> List.of(line));
    }

    /**
     * From now on this identity signs for the address where there are several. Nobody is asked: the question before each
     * signature names the key.
     */
    public void prefer(Client client, IdentityId id, EmailAddress address) throws Failure {
        if (!client.mayUse(id)) {
            throw ConsentService.notAllowed(id);
        }
        Identity identity = stores.identity(id);
        if (!names(identity, address)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "The certificate of this identity does not name " + address + ".");
        }
        changes.changed(SigningIdentity.preferred(client, identity, address), () -> preferences.prefer(address, id));
    }

    private Entry entry(Identity identity, @Nullable EmailAddress asked) throws Failure {
        return new Entry(
                identity.id(),
                identity.store(),
                identity.uses(),
                identity.retired(),
                isPreferred(identity, asked),
                CertificateSummaries.of(identity.certificate()));
    }

    private boolean isPreferred(Identity identity, @Nullable EmailAddress asked) throws Failure {
        List<EmailAddress> addresses = asked == null ? CertificateAddresses.of(identity.certificate()) : List.of(asked);
        for (EmailAddress address : addresses) {
            if (preferences.preferred(address).filter(identity.id()::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(Identity identity, EmailAddress address) {
        return CertificateAddresses.of(identity.certificate()).stream().anyMatch(address::matches);
    }
}
