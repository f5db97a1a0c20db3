package org.zegel.directory;

import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.model.Capabilities;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;

/** The local book of other people's certificates; keeps, finds and forgets, but judges nothing. */
public interface Directory {
    /** Certificates known for the address, newest first. */
    List<DirectoryEntry> find(EmailAddress address) throws Failure;

    List<DirectoryEntry> all() throws Failure;

    /** Keeps a certificate seen on an intact, trusted, matching signature, and the capabilities that came with it. */
    void harvest(
            EmailAddress address, X509Certificate certificate, List<X509Certificate> chain, Capabilities capabilities)
            throws Failure;

    /** Keeps a certificate that a person brought, without issuers. */
    default void keep(EmailAddress address, X509Certificate certificate, boolean pinned) throws Failure {
        keep(address, certificate, List.of(), pinned);
    }

    /** Keeps a certificate that a person brought with its issuers; {@code pinned} when that person vouches for it. */
    void keep(EmailAddress address, X509Certificate certificate, List<X509Certificate> chain, boolean pinned)
            throws Failure;

    /** Forgets the certificate with this lower-case hexadecimal SHA-256; false when it was not there. */
    boolean forget(String sha256) throws Failure;
}
