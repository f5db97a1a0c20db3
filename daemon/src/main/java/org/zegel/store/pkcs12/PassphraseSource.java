package org.zegel.store.pkcs12;

import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Gives the passphrase of a key file; asked at most once for a file, and only when the file needs one. */
@FunctionalInterface
public interface PassphraseSource {
    /** The passphrase, empty where the file has an empty one; the reader closes it. */
    Secret passphrase() throws Failure;
}
