package org.zegel.smime.verify;

import java.time.Instant;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;

/** What a time-stamp token is in itself (RFC 3161). Whether its maker may be believed is another question. */
public sealed interface TimeStampFacts {
    /**
     * It stamps the right bytes and is intact.
     *
     * @param time when the stamped bytes existed, by the word of the authority
     * @param authority who made it; its integrity is intact
     */
    record Sound(Instant time, SignerFacts authority) implements TimeStampFacts {}

    /**
     * It proves nothing.
     *
     * @param reason {@code time-stamp-malformed}, {@code time-stamp-invalid}, or {@code time-stamp-untrusted} when nobody
     *     knows who made it
     */
    record Unsound(Finding reason) implements TimeStampFacts {}
}
