package org.zegel.model;

import org.jspecify.annotations.Nullable;

/**
 * One mailbox of an address field.
 *
 * @param displayName as written, quoting undone, RFC 2047 encoded words left as they are; data from a stranger
 */
public record Mailbox(@Nullable String displayName, EmailAddress address) {}
