package org.zegel.trust;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The languages that verdicts speak, and their bundles. */
final class Languages {
    static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.forLanguageTag("nl"));

    private Languages() {}

    /** The bundle of this name ({@code verdict}, {@code finding}) in one language, never in another instead. */
    static ResourceBundle bundle(String name, Locale language) {
        return ResourceBundle.getBundle(
                "org.zegel.trust." + name,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** One plain text in every language that has it, by its tag. */
    static Map<String, String> texts(String bundle, String key) {
        Map<String, String> texts = new TreeMap<>();
        for (Locale language : ALL) {
            ResourceBundle sentences = bundle(bundle, language);
            if (sentences.containsKey(key)) {
                texts.put(language.getLanguage(), sentences.getString(key));
            }
        }
        return Map.copyOf(texts);
    }

    /** A pattern of {@link MessageFormat} filled in. */
    static String filled(String pattern, Locale language, Object... values) {
        return new MessageFormat(pattern, language).format(values);
    }
}
