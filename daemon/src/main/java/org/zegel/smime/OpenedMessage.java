package org.zegel.smime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.MessageFacts;

/**
 * A message as read.
 *
 * @param clear the clear MIME message with protected header fields where there are some, else the outer ones; null when
 *     nothing may be released. Where inside and outside name different senders it has the outer From
 * @param signersForm makes the clear message with the protected From instead; null where they do not differ. Only for a
 *     signature that was found valid and the signer's own (RFC 9788 section 4.4)
 */
public record OpenedMessage(
        MessageFacts facts,
        @Nullable Content clear,
        @Nullable SignersForm signersForm) {
    public OpenedMessage(MessageFacts facts, @Nullable Content clear) {
        this(facts, clear, null);
    }

    /** Another form of the clear message, made when it is asked for. */
    @FunctionalInterface
    public interface SignersForm {
        /** The content belongs to the same workspace. */
        Content make() throws IOException;
    }
}
