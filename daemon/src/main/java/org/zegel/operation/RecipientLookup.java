package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;

/** Finds the certificate each address is encrypted to, and the cipher that all recipients read. */
public interface RecipientLookup {
    /**
     * One address looked up.
     *
     * @param certificate null when there is none that may be used
     * @param reason stable kebab-case code, null when there is a certificate
     */
    record Found(
            EmailAddress address,
            @Nullable X509Certificate certificate,
            @Nullable Capabilities capabilities,
            @Nullable String reason) {}

    /** One answer for each address, in order. */
    List<Found> find(List<EmailAddress> addresses) throws Failure;

    /** The strongest cipher that all these are known to read; null capabilities are of a recipient never seen. */
    ContentCipher cipher(List<@Nullable Capabilities> recipients);
}
