package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.zegel.directory.Directory;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.Stores;

/**
 * Certificates that may be a signer's when a message does not bring its own: the sender's known ones, our own, and those
 * that a command line named for its calls.
 */
public final class KnownCertificates {
    /** Most senders of one message whose certificates are looked up: a message with several is nobody's. */
    private static final int MAX_SENDERS = 8;

    /** Most issuers that help to find a path. */
    private static final int MAX_ISSUERS = 64;

    private final Directory directory;
    private final Stores stores;
    private final List<X509Certificate> named;

    public KnownCertificates(Directory directory, Stores stores, List<X509Certificate> named) {
        this.directory = directory;
        this.stores = stores;
        this.named = List.copyOf(named);
    }

    /** For a message with these From addresses. */
    public List<X509Certificate> of(List<EmailAddress> from) throws Failure {
        List<X509Certificate> known = new ArrayList<>(named);
        for (EmailAddress address : from.stream().distinct().limit(MAX_SENDERS).toList()) {
            directory.find(address).stream().map(DirectoryEntry::certificate).forEach(known::add);
        }
        stores.identities().stream().map(Identity::certificate).forEach(known::add);
        return known;
    }

    /** Issuers that came with the senders' earlier mail or with our own keys: a message may leave its own out. */
    public List<X509Certificate> issuers(List<EmailAddress> from) throws Failure {
        List<X509Certificate> issuers = new ArrayList<>();
        for (EmailAddress address : from.stream().distinct().limit(MAX_SENDERS).toList()) {
            directory.find(address).stream().map(DirectoryEntry::chain).forEach(issuers::addAll);
        }
        stores.identities().stream().map(Identity::chain).forEach(issuers::addAll);
        return issuers.stream().distinct().limit(MAX_ISSUERS).toList();
    }
}
