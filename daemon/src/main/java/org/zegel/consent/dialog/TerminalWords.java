package org.zegel.consent.dialog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ScopeNames;

/** Questions and choices as the lines of a terminal. */
final class TerminalWords {
    private static final String END = "\r\n";

    private TerminalWords() {}

    static String of(QuestionView view, Texts texts) {
        List<String> lines = head(view.headline(), view.lead(), view.fields(), texts);
        boolean several = !view.scopes().isEmpty();
        if (several) {
            lines.add("  " + texts.get("scopes.numbers"));
        }
        for (int at = 0; at < view.scopes().size(); at++) {
            lines.add("  " + (at + 1) + ". "
                    + texts.get("scope." + ScopeNames.name(view.scopes().get(at))));
        }
        view.notices().forEach(notice -> lines.add(minded(notice)));
        answer(lines, "a", several ? texts.get("terminal.all", view.yes()) : view.yes());
        if (several) {
            answer(lines, texts.get("terminal.numbers"), texts.get("terminal.some", view.yes()));
        }
        answer(lines, "w", view.lasting().aWhile());
        answer(lines, "d", texts.get("button.deny"));
        answer(lines, "n", view.mayRefuseForGood() ? texts.get("button.forever") : null);
        return String.join(END, lines) + END + texts.get("terminal.answer") + ' ';
    }

    static String of(ChoiceView view, Texts texts) {
        List<String> lines = head(view.headline(), view.lead(), view.fields(), texts);
        for (int i = 0; i < view.options().size(); i++) {
            ChoiceView.Option option = view.options().get(i);
            lines.add("  [" + (i + 1) + "] " + option.name());
            lines.add("      " + option.details());
            if (option.notice() != null) {
                lines.add("    " + minded(option.notice()));
            }
        }
        return String.join(END, lines) + END + texts.get("terminal.which") + ' ';
    }

    private static List<String> head(String headline, String lead, List<QuestionView.Field> fields, Texts texts) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("== " + texts.get("title") + " == " + headline);
        lines.add("  " + lead);
        fields.forEach(field -> lines.add("  " + field.label() + ": " + field.value()));
        return lines;
    }

    private static String minded(QuestionView.Notice notice) {
        return "  ! " + notice.text();
    }

    /** An answer that can be given; null words: it cannot. */
    private static void answer(List<String> lines, String typed, @Nullable String words) {
        if (words != null) {
            lines.add("[" + typed + "] " + words);
        }
    }
}
