package org.zegel.operation.recipient;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.EmailAddress;
import org.zegel.model.KebabCase;

/**
 * What was found for an address: the entry to encrypt to, or the reason why there is none.
 *
 * @param others as good as the entry, so that only a person can choose; empty unless these were asked for
 */
public record Recipient(
        EmailAddress address,
        @Nullable DirectoryEntry entry,
        @Nullable Reason reason,
        List<DirectoryEntry> others) {
    /** Why none of the certificates known for an address can be used. */
    public enum Reason {
        /** No certificate is known. */
        UNKNOWN_ADDRESS,
        EXPIRED,
        NOT_YET_VALID,
        NOT_TRUSTED,
        REVOKED,
        /** Its key is not for encrypting mail. */
        KEY_USAGE,
        WEAK_ALGORITHMS,
        ADDRESS_MISMATCH;

        /** Stable kebab-case code. */
        public String code() {
            return KebabCase.of(this);
        }
    }

    static Recipient found(EmailAddress address, DirectoryEntry entry, List<DirectoryEntry> others) {
        return new Recipient(address, entry, null, List.copyOf(others));
    }

    static Recipient none(EmailAddress address, Reason reason) {
        return new Recipient(address, null, reason, List.of());
    }
}
