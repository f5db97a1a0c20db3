package org.zegel.consent.dialog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Asks on a terminal: the one its caller named, or the one of this very process. */
public final class TerminalPrompter implements Prompter {
    private static final int NEW_PASSPHRASE_TRIES = 3;

    private final Texts texts;
    private final boolean own;

    private TerminalPrompter(Appearance appearance, boolean own) {
        this.texts = new Texts(appearance.locale(), appearance.clock());
        this.own = own;
    }

    /** For a daemon: uses the terminal that a caller says it runs in, when it belongs to the same person. */
    public static TerminalPrompter ofCallers(Appearance appearance) {
        return new TerminalPrompter(appearance, false);
    }

    /** For the command line in its own process. */
    public static TerminalPrompter ofThisProcess(Appearance appearance) {
        return new TerminalPrompter(appearance, true);
    }

    @Override
    public boolean available(Question question) {
        return availableFor(question.caller());
    }

    boolean availableFor(Caller caller) {
        return device(caller).isPresent();
    }

    @Override
    public Answer ask(Question question) throws Failure {
        try (Terminal terminal = open(question.caller())) {
            QuestionView view = QuestionView.of(question, texts);
            terminal.discardTyped();
            terminal.print(TerminalWords.of(view, texts));
            try (Secret typed = terminal.readLine()) {
                return TerminalAnswers.answer(typed.characters(), view);
            }
        } catch (IOException gone) {
            throw noTerminal(gone);
        }
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        try (Terminal terminal = open(question.caller())) {
            terminal.echo(false);
            terminal.discardTyped();
            String note = SecretRules.note(question, texts);
            if (!note.isEmpty()) {
                terminal.print("\r\n" + note);
            }
            return SecretRules.typedTwice(question) ? chosen(terminal, question) : typed(terminal, question);
        } catch (IOException gone) {
            throw noTerminal(gone);
        }
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        try (Terminal terminal = open(question.caller())) {
            ChoiceView view = ChoiceView.of(question, texts);
            terminal.discardTyped();
            terminal.print(TerminalWords.of(view, texts));
            try (Secret typed = terminal.readLine()) {
                return TerminalAnswers.choice(typed.characters(), view.options().size());
            }
        } catch (IOException gone) {
            throw noTerminal(gone);
        }
    }

    private Secret typed(Terminal terminal, SecretQuestion question) throws IOException, Failure {
        Secret secret = line(terminal, SecretRules.label(question, texts));
        if (secret.length() == 0) {
            throw SecretRules.cancelled();
        }
        return secret;
    }

    private Secret chosen(Terminal terminal, SecretQuestion question) throws IOException, Failure {
        for (int attempt = 0; attempt < NEW_PASSPHRASE_TRIES; attempt++) {
            Secret first = typed(terminal, question);
            try (Secret second = line(terminal, texts.get("secret.repeat"))) {
                String problem = SecretRules.problem(first.characters(), second.characters(), texts);
                if (problem == null) {
                    return first;
                }
                terminal.print(problem);
            } catch (IOException | Failure failed) {
                first.close();
                throw failed;
            }
            first.close();
        }
        throw SecretRules.cancelled();
    }

    private static Secret line(Terminal terminal, String label) throws IOException, Failure {
        terminal.print("\r\n" + label + ": ");
        Secret secret = terminal.readLine();
        terminal.print("\r\n");
        return secret;
    }

    private Terminal open(Caller caller) throws Failure, IOException {
        Path device = device(caller)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.NO_PROMPT, "There is no terminal to ask at. Call from a terminal of your own."));
        return Terminal.open(device);
    }

    private Optional<Path> device(Caller caller) {
        if (own) {
            return Terminal.hasOwn() ? Optional.of(Terminal.OWN) : Optional.empty();
        }
        return Optional.ofNullable(caller.terminal()).filter(Terminal::isUsable).map(Path::of);
    }

    private static Failure noTerminal(IOException gone) {
        return new Failure(Failure.Kind.NO_PROMPT, "The terminal cannot be used, or is gone.", gone);
    }
}
