package org.zegel.app.cli;

import java.time.Clock;
import java.util.Locale;
import org.zegel.app.config.Settings;
import org.zegel.app.system.CoreDumps;
import org.zegel.app.system.DesktopTheme;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.dialog.Appearance;
import org.zegel.consent.dialog.PromptChooser;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Who asks the person. */
final class Prompters {
    private Prompters() {}

    /** At the terminal of the caller, in a window, or by pinentry. */
    static Prompter ofTheDaemon(Settings settings) {
        return new Undumped(PromptChooser.ofCallers(
                appearance(settings), settings.consent().dialog().means()));
    }

    /** At this process's own terminal, even where all its standard streams are files; else as the daemon does. */
    static Prompter ofThisProcess(Settings settings) {
        return new Undumped(PromptChooser.ofThisProcess(
                appearance(settings), settings.consent().dialog().means()));
    }

    private static Appearance appearance(Settings settings) {
        Settings.Dialog dialog = settings.consent().dialog();
        Locale locale =
                dialog.language().equals("system") ? Locale.getDefault() : Locale.forLanguageTag(dialog.language());
        return new Appearance(
                locale,
                switch (dialog.theme()) {
                    case AUTO -> DesktopTheme::isDark;
                    case LIGHT -> () -> false;
                    case DARK -> () -> true;
                },
                Clock.systemUTC());
    }

    /** Before the first secret comes into this process its memory is kept out of core dumps. */
    private record Undumped(Prompter prompter) implements Prompter {
        @Override
        public boolean available(Question question) {
            return prompter.available(question);
        }

        @Override
        public Answer ask(Question question) throws Failure {
            return prompter.ask(question);
        }

        @Override
        public Secret askSecret(SecretQuestion question) throws Failure {
            CoreDumps.forbid();
            return prompter.askSecret(question);
        }

        @Override
        public Choice choose(ChoiceQuestion question) throws Failure {
            return prompter.choose(question);
        }
    }

    /** Whether a person can be asked at all, at a terminal or in a window. */
    static boolean anybody() {
        return ofThisProcess(Settings.defaults()).available(any());
    }

    private static Question any() {
        return new Question.Change(Callers.thisProcess(), "", new PlannedChange.ForgetRefusals());
    }
}
