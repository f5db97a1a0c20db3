package org.zegel.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One use of a key, as it stands in the log.
 *
 * @param number 1 for the first entry; without gaps
 * @param client public id of the pairing, or {@code local} for the command line in its own process
 * @param operation the protocol's method, such as {@code message.sign}
 * @param identity id of the key used; null when none was found
 * @param digest SHA-256 of the content, in hexadecimal; null when there was none
 * @param outcome {@code done}, or the kind of the failure
 * @param previous hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over all of the above
 */
public record AuditEntry(
        long number,
        Instant at,
        String client,
        String operation,
        @Nullable String identity,
        @Nullable String digest,
        String outcome,
        String previous,
        String hash) {

    /** The entry that follows one with the hash {@code previous}; its time is kept to the millisecond. */
    static AuditEntry next(long number, Instant at, AuditLog.Use use, String previous) {
        AuditEntry unsealed = new AuditEntry(
                number,
                at.truncatedTo(ChronoUnit.MILLIS),
                use.client(),
                use.operation(),
                use.identity(),
                use.digest(),
                use.outcome(),
                previous,
                "");
        return unsealed.withHash(unsealed.computeHash());
    }

    /** Whether this is the entry of that number, follows that hash and is as it was written. */
    boolean follows(long expectedNumber, String expectedPrevious) {
        return number == expectedNumber && previous.equals(expectedPrevious) && hash.equals(computeHash());
    }

    private AuditEntry withHash(String computed) {
        return new AuditEntry(number, at, client, operation, identity, digest, outcome, previous, computed);
    }

    /** Every field with its length before it, so that no two entries hash the same bytes. */
    private String computeHash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(number)
                    .putLong(at.toEpochMilli())
                    .array());
            for (String field : new @Nullable String[] {client, operation, identity, digest, outcome, previous}) {
                byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
                int length = field == null ? -1 : bytes.length;
                sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
