package org.zegel.consent.dialog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.zegel.consent.HostileText;
import org.zegel.consent.ScopeNames;
import org.zegel.consent.dialog.pinentry.Pinentry;
import org.zegel.model.Failure;

/** Questions as one text, short enough for pinentry's protocol: long values are cut, never whole lines. */
final class PinentryWords {
    private static final int[] VALUES = {120, 80, 48, 32, 20, 12};

    private PinentryWords() {}

    /**
     * A question.
     *
     * @throws Failure {@code NO_PROMPT} when it cannot be shown whole
     */
    static String of(QuestionView view, Texts texts) throws Failure {
        return fitting(limit -> {
            List<String> lines = new ArrayList<>(List.of(view.headline(), view.lead(), ""));
            view.fields().forEach(field -> lines.add(line(field, limit)));
            if (!view.scopes().isEmpty()) {
                lines.add(texts.get("scopes.all"));
            }
            view.scopes().forEach(scope -> lines.add("- " + texts.get("scope." + ScopeNames.name(scope))));
            view.notices().forEach(notice -> lines.add(notice.text()));
            return lines;
        });
    }

    /** A choice: each of the options with what is asked. */
    static List<String> pages(ChoiceView view) throws Failure {
        List<String> pages = new ArrayList<>();
        int size = view.options().size();
        for (ChoiceView.Option option : view.options()) {
            String place = pages.size() + 1 + " / " + size;
            pages.add(fitting(limit -> {
                List<String> lines = new ArrayList<>(List.of(view.headline(), view.lead(), ""));
                view.fields().forEach(field -> lines.add(line(field, limit)));
                lines.add(place + ": " + HostileText.shown(option.name(), limit));
                lines.add(option.details());
                if (option.notice() != null) {
                    lines.add(option.notice().text());
                }
                return lines;
            }));
        }
        return pages;
    }

    /** Some programs take text with angle brackets for markup. */
    static String plain(String text) {
        return text.replace('<', '\u2039').replace('>', '\u203a');
    }

    private static String line(QuestionView.Field field, int limit) {
        return field.label() + ": " + HostileText.shown(field.value(), limit);
    }

    private static String fitting(IntFunction<List<String>> lines) throws Failure {
        for (int limit : VALUES) {
            String text = plain(String.join("\n", lines.apply(limit)));
            // Line ends and percent signs take three bytes.
            long escapes = text.chars()
                    .filter(character -> character < ' ' || character == '%')
                    .count();
            if (text.getBytes(StandardCharsets.UTF_8).length + 2 * escapes <= Pinentry.MAX_TEXT) {
                return text;
            }
        }
        throw new Failure(
                Failure.Kind.NO_PROMPT,
                "The question is too long for pinentry. Use Zegel on a desktop or in a terminal.");
    }
}
