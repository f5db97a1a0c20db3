package org.zegel.consent.dialog;

import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Asks where the person is: at the terminal that the caller names, else on the display, else nowhere. */
public final class PromptChooser implements Prompter {
    private final TerminalPrompter terminal;
    private final SwingPrompter display;

    public PromptChooser(Appearance appearance) {
        this(TerminalPrompter.ofCallers(appearance.locale()), new SwingPrompter(appearance));
    }

    PromptChooser(TerminalPrompter terminal, SwingPrompter display) {
        this.terminal = terminal;
        this.display = display;
    }

    @Override
    public boolean available(Question question) {
        return terminal.available(question) || display.available(question);
    }

    @Override
    public Answer ask(Question question) throws Failure {
        return choose(question.caller()).ask(question);
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return choose(question.caller()).askSecret(question);
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        return choose(question.caller()).choose(question);
    }

    private Prompter choose(Caller caller) throws Failure {
        if (terminal.availableFor(caller)) {
            return terminal;
        }
        if (SwingPrompter.hasDisplay()) {
            return display;
        }
        throw new Failure(
                Failure.Kind.NO_PROMPT,
                "Zegel cannot ask you: there is no display and no terminal. Log in on the desktop, or use the zegel"
                        + " command in a terminal.");
    }
}
