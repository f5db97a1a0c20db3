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
 * Certificates that may be a signer's when a message does not bring its own: the sender's known ones, our own at hand, and those
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

    /**
     * What is known of a message's senders.
     *
     * @param signers may be the signer's own when the message does not bring it
     * @param issuers came with the senders' earlier mail or with our own keys: a message may leave its own out
     */
    public record Known(List<X509Certificate> signers, List<X509Certificate> issuers) {}

    /** For a message with these From addresses. */
    public Known of(List<EmailAddress> from) throws Failure {
        List<X509Certificate> signers = new ArrayList<>(named);
        List<X509Certificate> issuers = new ArrayList<>();
        for (EmailAddress address : from.stream().distinct().limit(MAX_SENDERS).toList()) {
            for (DirectoryEntry entry : directory.find(address)) {
                signers.add(entry.certificate());
                issuers.addAll(entry.chain());
            }
        }
        for (Identity identity : stores.identitiesAtHand()) {
            signers.add(identity.certificate());
            issuers.addAll(identity.chain());
        }
        return new Known(signers, issuers.stream().distinct().limit(MAX_ISSUERS).toList());
    }
}
