package org.zegel.store.cryptoki;

import java.util.Map;
import java.util.Optional;

/**
 * Any object of a token with the attributes that were asked for and that it has.
 *
 * @param attributes by {@code CKA_*} number; numbers ({@link Attribute#isNumber}) are 8 bytes, big-endian, on every system
 */
public record TokenObject(long handle, Map<Long, byte[]> attributes) {
    public TokenObject {
        attributes = Map.copyOf(attributes);
    }

    public Optional<byte[]> bytes(long attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The text of a label, without what cannot be shown; empty when it has none. */
    public String text(long attribute) {
        return bytes(attribute).map(PaddedText::of).orElse("");
    }

    public Optional<Long> number(long attribute) {
        return bytes(attribute).filter(value -> value.length == Long.BYTES).map(Attribute::toNumber);
    }

    /** Whether a CK_BBOOL is there and not zero. */
    public boolean isTrue(long attribute) {
        return bytes(attribute)
                .filter(value -> value.length == 1)
                .map(value -> value[0] != 0)
                .orElse(false);
    }
}
