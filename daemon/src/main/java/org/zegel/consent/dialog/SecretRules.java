package org.zegel.consent.dialog;

import java.util.Arrays;
import java.util.Locale;
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
        String kind = question.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return texts.get("secret." + kind, HostileText.shown(question.storeName(), NAME));
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

    static boolean typedTwice(SecretQuestion question) {
        return question.kind() == SecretQuestion.Kind.NEW_PASSPHRASE;
    }

    /** What is wrong with a passphrase that was chosen; null when nothing is. */
    static @Nullable String problem(char[] first, char[] second, Texts texts) {
        if (first.length < MIN_NEW) {
            return texts.get("secret.short", MIN_NEW);
        }
        return Arrays.equals(first, second) ? null : texts.get("secret.differ");
    }

    static Failure cancelled() {
        return new Failure(Failure.Kind.PIN_CANCELLED, "The person cancelled the dialog for the PIN or passphrase.");
    }

    static Failure noChoice() {
        return new Failure(Failure.Kind.CONSENT_DENIED, "The person chose none.");
    }

    static Failure withdrawn() {
        return new Failure(Failure.Kind.CANCELLED, "The question was withdrawn.");
    }
}
