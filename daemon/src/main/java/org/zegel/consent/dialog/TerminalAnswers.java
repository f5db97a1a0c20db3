package org.zegel.consent.dialog;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** What a line typed at the terminal means. Anything but a clear yes is a no. */
final class TerminalAnswers {
    private TerminalAnswers() {}

    /** A letter or, where there are scopes to choose from, the numbers of those that are granted. */
    static Answer answer(char[] typed, QuestionView view) {
        Set<Scope> numbered = numbered(typed, view.scopes());
        if (!numbered.isEmpty()) {
            return new Answer(Answer.Decision.ONCE, numbered);
        }
        Answer.Decision decision = switch (typed.length == 1 ? Character.toLowerCase(typed[0]) : 'd') {
            case 'a' -> Answer.Decision.ONCE;
            case 'w' -> view.mayLast() ? Answer.Decision.FOR_A_WHILE : Answer.Decision.DENY;
            case 'n' -> view.mayRefuseForGood() ? Answer.Decision.DENY_FOREVER : Answer.Decision.DENY;
            default -> Answer.Decision.DENY;
        };
        boolean yes = decision == Answer.Decision.ONCE || decision == Answer.Decision.FOR_A_WHILE;
        return new Answer(decision, yes ? view.allScopes() : Set.of());
    }

    /** The number of one, and "!" after it to keep the choice; anything else chooses none. */
    static Choice choice(char[] typed, int size) throws Failure {
        boolean remember = typed.length > 1 && typed[typed.length - 1] == '!';
        int number = number(typed, 0, remember ? typed.length - 1 : typed.length, size);
        if (number < 1 || number > size) {
            throw SecretRules.noChoice();
        }
        return new Choice(number - 1, remember);
    }

    /** Numbers with spaces or commas between them; one that is none of the list's makes it none at all. */
    private static Set<Scope> numbered(char[] typed, List<Scope> scopes) {
        Set<Scope> granted = EnumSet.noneOf(Scope.class);
        int from = 0;
        for (int at = 0; at <= typed.length; at++) {
            if (at < typed.length && typed[at] != ' ' && typed[at] != ',') {
                continue;
            }
            if (at > from) {
                int number = number(typed, from, at, scopes.size());
                if (number < 1 || number > scopes.size()) {
                    return Set.of();
                }
                granted.add(scopes.get(number - 1));
            }
            from = at + 1;
        }
        return granted;
    }

    /** More than {@code most} for what is no number up to that. */
    private static int number(char[] typed, int from, int to, int most) {
        int number = 0;
        for (int at = from; at < to && number <= most; at++) {
            int digit = Character.digit(typed[at], 10);
            number = digit < 0 ? most + 1 : number * 10 + digit;
        }
        return number;
    }
}
