package org.zegel.smime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.EmailAddress;

/**
 * Who a message is from and to, and its decoded subject, as an operation needs them. From the outer header only.
 *
 * @param fromFields raw values of every From field
 * @param closed whether the body is signed or encrypted already, so that its payload is out of reach
 * @param unreadable entries of recipient fields, as written, that could not be read as an address
 */
public record MessageEnvelope(
        List<String> fromFields,
        List<EmailAddress> from,
        List<EmailAddress> to,
        List<EmailAddress> cc,
        List<EmailAddress> bcc,
        @Nullable String subject,
        List<String> unreadable,
        boolean closed) {}
