package org.zegel.consent.dialog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.HostileText;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;

/** What display and terminal say and check alike when they ask for a PIN or passphrase. */
final class SecretRules {
    /** Shortest passphrase that may be chosen, in characters. */
    static final int MIN_NEW = 8;

    private static final int NAME = 80;

    private SecretRules() {}

    static String label(SecretQuestion question, Texts texts) {
        String key = "secret." + QuestionView.word(question.kind());
        String name = HostileText.shown(question.storeName(), NAME);
        return name.isEmpty() ? texts.get(key + ".nameless") : texts.get(key, name);
    }

    static String headline(SecretQuestion question, Texts texts) {
        return texts.get("headline." + QuestionView.word(question.kind()));
    }

    /** The same as {@link #note}, and what else is to be minded. */
    static List<QuestionView.Notice> notices(SecretQuestion question, Texts texts) {
        List<QuestionView.Notice> notices = new ArrayList<>();
        String note = note(question, texts);
        if (!note.isEmpty()) {
            Integer left = question.triesLeft();
            boolean last = left != null && left == 1;
            notices.add(new QuestionView.Notice(last ? QuestionView.Level.DANGER : QuestionView.Level.WARNING, note));
        }
        if (typedTwice(question)) {
            notices.add(new QuestionView.Notice(
                    QuestionView.Level.INFO,
                    texts.get(
                            question.kind() == SecretQuestion.Kind.EXPORT_PASSPHRASE
                                    ? "secret.lost-file"
                                    : "secret.lost")));
        }
        return notices;
    }

    /** What went wrong before and how many tries are left; empty when there is nothing to say. */
    static String note(SecretQuestion question, Texts texts) {
        StringBuilder note = new StringBuilder();
        if (question.previousWrong()) {
            note.append(texts.get("secret.wrong"));
        }
        Integer left = question.triesLeft();
        if (left != null) {
            note.append(note.isEmpty() ? "" : " ")
                    .append(left == 1 ? texts.get("secret.last-try") : texts.get("secret.tries", left));
        }
        return note.toString();
    }

    static boolean isPin(SecretQuestion question) {
        return switch (question.kind()) {
            case PIN, PIN_FOR_USE -> true;
            case PASSPHRASE, NEW_PASSPHRASE, FILE_PASSPHRASE, EXPORT_PASSPHRASE -> false;
        };
    }

    static boolean typedTwice(SecretQuestion question) {
        return switch (question.kind()) {
            case NEW_PASSPHRASE, EXPORT_PASSPHRASE -> true;
            case PIN, PIN_FOR_USE, PASSPHRASE, FILE_PASSPHRASE -> false;
        };
    }

    /** What is wrong with a passphrase that was chosen; null when nothing is. */
    static @Nullable String problem(char[] first, char[] second, Texts texts) {
        if (first.length < MIN_NEW) {
            return texts.get("secret.short", MIN_NEW);
        }
        if (Strength.bits(first) < Strength.LEAST) {
            return texts.get("secret.common");
        }
        return Arrays.equals(first, second) ? null : texts.get("secret.differ");
    }

    static Failure cancelled() {
        return new Failure(Failure.Kind.PIN_CANCELLED, "The person cancelled the dialog for the PIN or passphrase.");
    }

    static Failure tooLong() {
        return new Failure(Failure.Kind.PIN_CANCELLED, "What was typed is too long, so it was thrown away.");
    }

    static Failure timedOut() {
        return new Failure(Failure.Kind.CONSENT_TIMEOUT, "Nobody answered Zegel's question in time. Try again.");
    }

    static Failure noChoice() {
        return new Failure(Failure.Kind.CONSENT_DENIED, "The person chose none.");
    }

    static Failure withdrawn() {
        return new Failure(Failure.Kind.CANCELLED, "The question was withdrawn.");
    }
}
