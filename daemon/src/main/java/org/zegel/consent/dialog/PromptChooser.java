package org.zegel.consent.dialog;

import java.util.function.BooleanSupplier;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * Asks where the person is, by what is configured, or else by the first that there is: the display, the terminal that the
 * caller names, a pinentry program. What is configured and not there is not replaced by something else.
 *
 * <p>The display comes first, because a terminal is the caller's word: a program can make one and answer there unseen.
 */
public final class PromptChooser implements Prompter {
    private final TerminalPrompter terminal;
    private final Prompter display;
    private final PinentryPrompter pinentry;
    private final PromptMeans.Kind kind;
    private final boolean ownTerminal;
    private final BooleanSupplier hasDisplay;

    private PromptChooser(Appearance appearance, PromptMeans means, TerminalPrompter terminal, boolean ownTerminal) {
        this(
                terminal,
                new SwingPrompter(appearance),
                PinentryPrompter.of(appearance, means),
                means.kind(),
                ownTerminal,
                SwingPrompter::hasDisplay);
    }

    /** {@code ownTerminal}: the terminal is this process's own, and no word of a caller. */
    PromptChooser(
            TerminalPrompter terminal,
            Prompter display,
            PinentryPrompter pinentry,
            PromptMeans.Kind kind,
            boolean ownTerminal,
            BooleanSupplier hasDisplay) {
        this.terminal = terminal;
        this.display = display;
        this.pinentry = pinentry;
        this.kind = kind;
        this.ownTerminal = ownTerminal;
        this.hasDisplay = hasDisplay;
    }

    /** For a daemon: its callers name their terminals. */
    public static PromptChooser ofCallers(Appearance appearance, PromptMeans means) {
        return new PromptChooser(appearance, means, TerminalPrompter.ofCallers(appearance), false);
    }

    /** For the command line in its own process: its own terminal comes first. */
    public static PromptChooser ofThisProcess(Appearance appearance, PromptMeans means) {
        return new PromptChooser(appearance, means, TerminalPrompter.ofThisProcess(appearance), true);
    }

    @Override
    public boolean available(Question question) {
        Caller caller = question.caller();
        return switch (kind) {
            case AUTO -> terminal.availableFor(caller) || hasDisplay.getAsBoolean() || pinentry.availableFor(caller);
            case DISPLAY -> hasDisplay.getAsBoolean();
            case PINENTRY -> pinentry.availableFor(caller);
            case TERMINAL -> terminal.availableFor(caller);
        };
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
        return switch (kind) {
            case AUTO -> first(caller);
            case DISPLAY -> {
                if (!hasDisplay.getAsBoolean()) {
                    throw none("there is no display, and it is configured that no other way is used");
                }
                yield display;
            }
            case PINENTRY -> {
                if (!pinentry.availableFor(caller)) {
                    throw none(
                            "there is no pinentry program that could, and it is configured that no other way is used");
                }
                yield pinentry;
            }
            case TERMINAL -> {
                if (!terminal.availableFor(caller)) {
                    throw none("you are at no terminal, and it is configured that no other way is used");
                }
                yield terminal;
            }
        };
    }

    private Prompter first(Caller caller) throws Failure {
        if (ownTerminal && terminal.availableFor(caller)) {
            return terminal;
        }
        if (hasDisplay.getAsBoolean()) {
            return display;
        }
        if (terminal.availableFor(caller)) {
            return terminal;
        }
        if (pinentry.availableFor(caller)) {
            return pinentry;
        }
        throw none("there is no display, no terminal and no pinentry program that could");
    }

    private static Failure none(String why) {
        return new Failure(
                Failure.Kind.NO_PROMPT,
                "Zegel cannot ask you: " + why + ". Log in on the desktop, or use the zegel command in a terminal.");
    }
}
