package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;

/** Finds the certificate that each address is encrypted to, and the cipher that all recipients read. */
public interface RecipientLookup {
    /** An address and its certificate; null capabilities are of a recipient who was never seen to sign. */
    record Found(
            EmailAddress address,
            X509Certificate certificate,
            @Nullable Capabilities capabilities) {}

    /**
     * An address looked up: what was found, or a stable kebab-case reason.
     *
     * @param others as good as the one found, with other keys, where only a person can choose
     */
    record Answer(
            EmailAddress address,
            @Nullable Found found,
            @Nullable String reason,
            List<Found> others) {}

    /** One answer for each address, in order. */
    List<Answer> find(List<EmailAddress> addresses) throws Failure;

    /** The strongest cipher that all these are known to read. */
    ContentCipher cipher(List<? extends @Nullable Capabilities> recipients);
}
