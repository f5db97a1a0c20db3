package org.zegel.store;

import java.util.List;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;

/** Capability of a store that Zegel itself keeps: import, export, removal, passphrase. */
public interface IdentityAdministration {
    /**
     * Takes the identities of a PKCS#12 or PEM file into the store; asks for the file's passphrase through the consent.
     *
     * @throws Failure {@code IMPORT_FAILED} saying what is wrong (wrong passphrase, unknown algorithm, no key inside)
     */
    List<Identity> importFile(byte[] file, ConsentGranted consent, BeforeChange before) throws Failure;

    /** The same, where nobody writes it down. */
    default List<Identity> importFile(byte[] file, ConsentGranted consent) throws Failure {
        return importFile(file, consent, BeforeChange.NOTHING);
    }

    /** One identity as PKCS#12 (PBES2, PBMAC1) under a passphrase asked for through the consent. */
    byte[] export(IdentityId identity, ConsentGranted consent) throws Failure;

    /** Removes the identity and its private key for good, from the store's backup too. */
    void remove(IdentityId identity, ConsentGranted consent, BeforeChange before) throws Failure;

    /** The same, where nobody writes it down. */
    default void remove(IdentityId identity, ConsentGranted consent) throws Failure {
        remove(identity, consent, BeforeChange.NOTHING);
    }

    /** Asks for the old and the new passphrase and re-encrypts the store. */
    void changePassphrase(ConsentGranted consent, BeforeChange before) throws Failure;

    /** The same, where nobody writes it down. */
    default void changePassphrase(ConsentGranted consent) throws Failure {
        changePassphrase(consent, BeforeChange.NOTHING);
    }
}
