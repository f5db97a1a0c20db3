package org.zegel.smime;

import java.util.List;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;

/** The keys that opening may use; binding one asks for consent. */
public interface DecryptionKeys {
    /** All identities with a private key, retired ones included. */
    List<Identity> identities();

    /** Binds the identity's key; refusals and PIN errors pass through to the caller of open. */
    BoundKey bind(Identity identity) throws Failure;
}
