package org.zegel.operation;

import java.util.List;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Consent;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.Question;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.IdentityAdministration;
import org.zegel.store.Stores;

/**
 * The only way operations reach a private key: a person's consent first, then the store, and one audit line for every
 * use, refusals included. A key use whose line cannot be written fails.
 */
public final class KeyAccess {
    private final Stores stores;
    private final Consent consent;
    private final AuditLog audit;

    public KeyAccess(Stores stores, Consent consent, AuditLog audit) {
        this.stores = stores;
        this.consent = consent;
        this.audit = audit;
    }

    /** All identities of all stores, retired ones included. */
    public List<Identity> identities() {
        return stores.identities();
    }

    /**
     * Asks for consent and binds the key. Every use of the bound key is audited with the digest of the content that
     * is signed, or the SHA-256 of the encrypted key that is decrypted.
     *
     * @throws Failure what consent or the store answers; it is audited as well
     */
    public BoundKey bind(Client client, Question.Purpose purpose, Identity identity, Question.About about)
            throws Failure {
        KeyUseLog log = new KeyUseLog(audit, client, purpose, identity, about.subject());
        try {
            ConsentGranted granted = consent.forKeyUse(client, purpose, identity, about);
            return new AuditedKey(stores.bind(identity, granted), purpose, log);
        } catch (Failure refused) {
            log.refused(refused);
            throw refused;
        }
    }

    /**
     * Asks for consent and exports the identity with its private key; audited like a use.
     *
     * @throws Failure what consent or the store answers
     */
    public byte[] export(Client client, Identity identity, IdentityAdministration store) throws Failure {
        KeyUseLog log = new KeyUseLog(audit, client, Question.Purpose.EXPORT, identity, null);
        ConsentGranted granted;
        try {
            granted = consent.forKeyUse(client, Question.Purpose.EXPORT, identity, Question.About.NOTHING);
        } catch (Failure refused) {
            log.refused(refused);
            throw refused;
        }
        return log.exported(() -> store.export(identity.id(), granted));
    }
}
