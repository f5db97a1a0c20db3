package org.zegel.smime;

import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.MessageFacts;

/**
 * A message as read.
 *
 * @param clear the clear MIME message with the outer message's header fields, or null when nothing may be released
 */
public record OpenedMessage(MessageFacts facts, @Nullable Content clear) {}
