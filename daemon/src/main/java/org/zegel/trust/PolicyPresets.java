package org.zegel.trust;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names for sets of certificate policies, so that an administrator need not look up object identifiers. */
public final class PolicyPresets {
    private static final Pattern OBJECT_IDENTIFIER = Pattern.compile("[0-2](\\.(0|[1-9][0-9]{0,38})){1,60}");

    private static final String PKIOVERHEID = "2.16.528.1.1003.1.2.";
    private static final String MAIL_BASELINE = "2.23.140.1.5.";

    /**
     * PKIoverheid's policies (Programme of Requirements, parts 3a to 3c, 3g and 3i) for people and for services that sign
     * or decrypt: authenticity, non-repudiation, confidentiality. Those for servers and devices are left out.
     */
    private static final Map<String, List<String>> ALL = Map.of(
            "pkioverheid",
            List.of(
                    // Government and companies (G1): person, service
                    PKIOVERHEID + "2.1",
                    PKIOVERHEID + "2.2",
                    PKIOVERHEID + "2.3",
                    PKIOVERHEID + "2.4",
                    PKIOVERHEID + "2.5",
                    // Citizen (G2, G3)
                    PKIOVERHEID + "3.1",
                    PKIOVERHEID + "3.2",
                    PKIOVERHEID + "3.3",
                    // Organisation (G2, G3): person, service, seal
                    PKIOVERHEID + "5.1",
                    PKIOVERHEID + "5.2",
                    PKIOVERHEID + "5.3",
                    PKIOVERHEID + "5.4",
                    PKIOVERHEID + "5.5",
                    PKIOVERHEID + "5.7",
                    // Private root: person, service
                    PKIOVERHEID + "8.1",
                    PKIOVERHEID + "8.2",
                    PKIOVERHEID + "8.3",
                    PKIOVERHEID + "8.4",
                    PKIOVERHEID + "8.5"),
            // CA/Browser Forum: mailbox-, organization-, sponsor-, individual-validated; legacy, multipurpose, strict
            "smime-baseline",
            List.of(
                    MAIL_BASELINE + "1.1",
                    MAIL_BASELINE + "1.2",
                    MAIL_BASELINE + "1.3",
                    MAIL_BASELINE + "2.1",
                    MAIL_BASELINE + "2.2",
                    MAIL_BASELINE + "2.3",
                    MAIL_BASELINE + "3.1",
                    MAIL_BASELINE + "3.2",
                    MAIL_BASELINE + "3.3",
                    MAIL_BASELINE + "4.1",
                    MAIL_BASELINE + "4.2",
                    MAIL_BASELINE + "4.3"));

    private PolicyPresets() {}

    public static Collection<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    /** Whether the text names a preset or is an object identifier. */
    public static boolean isKnown(String text) {
        return ALL.containsKey(text) || OBJECT_IDENTIFIER.matcher(text).matches();
    }

    /** The object identifiers that these names and identifiers stand for. */
    public static Set<String> identifiers(Collection<String> texts) {
        Set<String> identifiers = new TreeSet<>();
        texts.forEach(text -> identifiers.addAll(ALL.getOrDefault(text, List.of(text))));
        return identifiers;
    }
}
