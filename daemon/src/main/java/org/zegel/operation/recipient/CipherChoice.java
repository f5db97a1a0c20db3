package org.zegel.operation.recipient;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;

/** The content cipher that all recipients read. AES-128 is for those who ask for it; it is never chosen here. */
public final class CipherChoice {
    /** SMIMECapabilities of the ciphers (RFC 3565, RFC 5084). */
    private static final Map<ContentCipher, String> OIDS = new EnumMap<>(Map.of(
            ContentCipher.AES_128_CBC, "2.16.840.1.101.3.4.1.2",
            ContentCipher.AES_256_CBC, "2.16.840.1.101.3.4.1.42",
            ContentCipher.AES_128_GCM, "2.16.840.1.101.3.4.1.6",
            ContentCipher.AES_256_GCM, "2.16.840.1.101.3.4.1.46"));

    /** What Zegel itself reads. */
    static final List<String> ALL = List.copyOf(OIDS.values());

    private CipherChoice() {}

    /**
     * AES-256-GCM where every recipient is known to read it, else AES-256-CBC, which S/MIME 3.2 readers have.
     *
     * @param recipients null for one who was never seen to say
     */
    public static ContentCipher choose(List<? extends @Nullable Capabilities> recipients) {
        boolean modern = !recipients.isEmpty()
                && recipients.stream().allMatch(one -> readable(one).contains(ContentCipher.AES_256_GCM));
        return modern ? ContentCipher.AES_256_GCM : ContentCipher.AES_256_CBC;
    }

    /** The ciphers that a recipient is known to read. */
    public static List<ContentCipher> readable(@Nullable Capabilities capabilities) {
        return capabilities == null
                ? List.of()
                : OIDS.entrySet().stream()
                        .filter(entry -> capabilities.oids().contains(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
