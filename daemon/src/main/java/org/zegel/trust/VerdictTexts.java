package org.zegel.trust;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummary;
import org.zegel.model.DisplayText;
import org.zegel.model.EmailAddress;
import org.zegel.model.Verdict.AddressMatch;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.model.Verdict.Signer;

/** The sentences that a layman reads, in every language there is. Names in them come from strangers: sanitised. */
final class VerdictTexts {
    private static final int MAX_NAME = 80;

    private VerdictTexts() {}

    static Map<String, String> of(
            SealRules.Decision decision, Lock lock, @Nullable Signer signer, @Nullable EmailAddress from) {
        String key = key(decision, lock);
        Map<String, String> texts = new TreeMap<>();
        for (Locale language : Languages.ALL) {
            ResourceBundle bundle = Languages.bundle("verdict", language);
            String unknown = bundle.getString("unknown");
            Object[] names = {
                signer == null ? unknown : name(signer, from, unknown),
                from == null ? unknown : DisplayText.of(from.toString(), MAX_NAME)
            };
            texts.put(language.getLanguage(), sentence(bundle, key, language, names));
        }
        return Map.copyOf(texts);
    }

    /** Where a single finding decided, its own sentence says why. */
    private static String sentence(ResourceBundle bundle, String key, Locale language, Object[] names) {
        if (bundle.containsKey(key)) {
            return Languages.filled(bundle.getString(key), language, names);
        }
        String lowered = Languages.filled(bundle.getString("lowered"), language, names);
        ResourceBundle findings = Languages.bundle("finding", language);
        return findings.containsKey(key) ? lowered + " " + findings.getString(key) : lowered;
    }

    /** What the padlock says by itself; {@link #of} says it too, where there is no seal to speak of. */
    static Map<String, String> of(Lock lock) {
        return Languages.texts("verdict", "lock-" + lock.name().toLowerCase(Locale.ROOT));
    }

    private static String key(SealRules.Decision decision, Lock lock) {
        if (decision.seal() != Seal.NONE) {
            return decision.reason();
        }
        return switch (lock) {
            case FAILED -> "lock-failed";
            case WEAK -> "lock-weak-" + decision.reason();
            case CLOSED -> "lock-closed-" + decision.reason();
            case NONE -> decision.reason();
        };
    }

    /** The signer's address that From names, else the first, else the subject's name. */
    private static String name(Signer signer, @Nullable EmailAddress from, String unknown) {
        CertificateSummary certificate = signer.certificate();
        if (certificate == null) {
            return unknown;
        }
        if (from != null && signer.address() == AddressMatch.MATCH) {
            return DisplayText.of(from.toString(), MAX_NAME);
        }
        String name = certificate.addresses().isEmpty()
                ? certificate.subject()
                : certificate.addresses().getFirst();
        return name.isEmpty() ? unknown : DisplayText.of(name, MAX_NAME);
    }
}
