package org.zegel.model;

import org.jspecify.annotations.Nullable;

/**
 * One mailbox of an address field.
 *
 * @param displayName as written, quoting undone, RFC 2047 encoded words left as they are; data from a stranger
 * @param comments text in parentheses, as written; some programs show it as the name (RFC 5322 section 3.4)
 */
public record Mailbox(@Nullable String displayName, EmailAddress address, String comments) {}
