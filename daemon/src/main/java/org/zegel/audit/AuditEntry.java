package org.zegel.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Sha256;

/**
 * One line of the log.
 *
 * @param number 1 for the first entry; without gaps
 * @param at to the millisecond
 * @param version which fields the hash covers: 1 for entries of old, {@value #VERSION} for new ones
 * @param previous hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over all of the above
 */
public record AuditEntry(long number, Instant at, int version, AuditEvent event, String previous, String hash) {
    /** Of entries that are written now. */
    public static final int VERSION = 2;

    /** What the first entry follows. */
    public static final String FIRST = "0".repeat(64);

    /** Begins what is hashed from version 2 on: no number that version 1 begins with is as large. */
    private static final byte[] MARK = "zegel-audit-2".getBytes(StandardCharsets.US_ASCII);

    /** The entry that follows one with the hash {@code previous}. */
    static AuditEntry next(long number, Instant at, AuditEvent event, String previous) {
        AuditEntry unsealed = new AuditEntry(number, at.truncatedTo(ChronoUnit.MILLIS), VERSION, event, previous, "");
        return new AuditEntry(number, unsealed.at(), VERSION, event, previous, unsealed.computeHash());
    }

    /** Whether this is the entry of that number, follows that hash and is as it was written. */
    boolean follows(long expectedNumber, String expectedPrevious) {
        return number == expectedNumber && previous.equals(expectedPrevious) && isIntact();
    }

    /** Whether the hash is that of the other fields. */
    public boolean isIntact() {
        return isOfItsVersion() && hash.equals(computeHash());
    }

    /** One line of text for other logs: everything but the subject, the hash at the end. */
    public String toLine() {
        return AuditText.of(this);
    }

    /** What the old hash does not cover was not there. */
    private boolean isOfItsVersion() {
        return version == VERSION
                || version == 1
                        && event.clientName() == null
                        && event.certificate() == null
                        && event.digestAlgorithm() == null
                        && event.detail() == null
                        && event.subject() == null;
    }

    /** Every field with its length before it, so that no two entries hash the same bytes. */
    private String computeHash() {
        MessageDigest sha256 = Sha256.start();
        boolean old = version == 1;
        if (!old) {
            sha256.update(MARK);
        }
        sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(number)
                .putLong(at.toEpochMilli())
                .array());
        for (String field : old ? oldFields() : fields()) {
            byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            int length = field == null ? -1 : bytes.length;
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private @Nullable String[] oldFields() {
        return new @Nullable String[] {
            event.client(), event.operation(), event.identity(), event.digest(), event.outcome(), previous
        };
    }

    private @Nullable String[] fields() {
        return new @Nullable String[] {
            Integer.toString(version),
            event.client(),
            event.clientName(),
            event.operation(),
            event.identity(),
            event.certificate(),
            event.digestAlgorithm(),
            event.digest(),
            event.outcome(),
            event.detail(),
            event.subject(),
            previous
        };
    }
}
