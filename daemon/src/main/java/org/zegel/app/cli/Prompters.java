package org.zegel.app.cli;

import java.util.Locale;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.dialog.PromptChooser;
import org.zegel.consent.dialog.TerminalPrompter;

/** Who asks the person. */
final class Prompters {
    private Prompters() {}

    /** At the terminal of the caller, or in a window. */
    static Prompter ofTheDaemon() {
        return new PromptChooser(Locale.getDefault());
    }

    /** At this process's own terminal, even where all its standard streams are files; else as the daemon does. */
    static Prompter ofThisProcess() {
        TerminalPrompter terminal = TerminalPrompter.ofThisProcess(Locale.getDefault());
        return terminal.available(any()) ? terminal : ofTheDaemon();
    }

    /** Whether a person can be asked at all, at a terminal or in a window. */
    static boolean anybody() {
        return ofThisProcess().available(any());
    }

    private static Question any() {
        return new Question.Change(Callers.thisProcess(), "", "");
    }
}
