package org.zegel.smime.open;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.zegel.model.SignerFacts;
import org.zegel.smime.mime.ContentType;

/** The micalg parameter of multipart/signed (RFC 8551 section 3.5.3.2), which only announces the digests. */
final class Micalg {
    private Micalg() {}

    /** Whether it announces digests, but not one that a signer used. */
    static boolean differs(ContentType type, List<SignerFacts> signers) {
        String announced = type.parameter("micalg").orElse("");
        if (announced.isBlank()) {
            return false;
        }
        List<String> names =
                Arrays.stream(announced.split(",", -1)).map(Micalg::plain).toList();
        return signers.stream()
                .map(SignerFacts::digestAlgorithm)
                .anyMatch(digest -> digest != null && !names.contains(plain(digest)));
    }

    /** {@code SHA-256}, {@code sha256} and {@code rsa-sha256} are one. */
    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("shake")) {
            return lower.split("-", -1)[0];
        }
        return (lower.startsWith("rsa-") ? lower.substring("rsa-".length()) : lower).replace("-", "");
    }
}
