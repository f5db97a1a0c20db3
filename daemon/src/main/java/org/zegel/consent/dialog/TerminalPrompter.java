package org.zegel.consent.dialog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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

    private TerminalPrompter(Locale locale, boolean own) {
        this.texts = new Texts(locale);
        this.own = own;
    }

    /** For a daemon: uses the terminal that a caller says it runs in, when it belongs to the same person. */
    public static TerminalPrompter ofCallers(Locale locale) {
        return new TerminalPrompter(locale, false);
    }

    /** For the command line in its own process. */
    public static TerminalPrompter ofThisProcess(Locale locale) {
        return new TerminalPrompter(locale, true);
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
            terminal.print(words(view));
            try (Secret typed = terminal.readLine()) {
                return answer(typed.characters(), view);
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
            terminal.print(words(view));
            try (Secret typed = terminal.readLine()) {
                return chosen(typed.characters(), view.options().size());
            }
        } catch (IOException gone) {
            throw noTerminal(gone);
        }
    }

    /** The number of one, and "!" after it to keep the choice; anything else chooses none. */
    private static Choice chosen(char[] typed, int size) throws Failure {
        boolean remember = typed.length > 1 && typed[typed.length - 1] == '!';
        int digits = remember ? typed.length - 1 : typed.length;
        int number = 0;
        for (int at = 0; at < digits && number <= size; at++) {
            int digit = Character.digit(typed[at], 10);
            number = digit < 0 ? size + 1 : number * 10 + digit;
        }
        if (number < 1 || number > size) {
            throw SecretRules.noChoice();
        }
        return new Choice(number - 1, remember);
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

    private String words(QuestionView view) {
        StringBuilder words = new StringBuilder("\r\n== " + texts.get("title") + " == " + view.headline() + "\r\n");
        words.append("  ").append(view.lead()).append("\r\n");
        for (QuestionView.Field field : view.fields()) {
            words.append("  ")
                    .append(field.label())
                    .append(": ")
                    .append(field.value())
                    .append("\r\n");
        }
        view.scopes()
                .forEach(scope -> words.append("  - ")
                        .append(texts.get("scope." + org.zegel.consent.ScopeNames.name(scope)))
                        .append("\r\n"));
        view.notices()
                .forEach(notice -> words.append("  ! ").append(notice.text()).append("\r\n"));
        return words.append(texts.get(view.mayLast() ? "terminal.choose" : "terminal.choose-once"))
                .append("\r\n")
                .append(texts.get("terminal.answer"))
                .append(' ')
                .toString();
    }

    private String words(ChoiceView view) {
        StringBuilder words = new StringBuilder("\r\n== " + texts.get("title") + " == " + view.headline() + "\r\n");
        words.append("  ").append(view.lead()).append("\r\n");
        for (QuestionView.Field field : view.fields()) {
            words.append("  ")
                    .append(field.label())
                    .append(": ")
                    .append(field.value())
                    .append("\r\n");
        }
        for (int i = 0; i < view.options().size(); i++) {
            ChoiceView.Option option = view.options().get(i);
            words.append("  [").append(i + 1).append("] ").append(option.name()).append("\r\n");
            words.append("      ").append(option.details()).append("\r\n");
        }
        return words.append(texts.get("terminal.which")).append(' ').toString();
    }

    /** Anything but a clear yes is a no. */
    private static Answer answer(char[] typed, QuestionView view) {
        Answer.Decision decision = switch (typed.length == 1 ? Character.toLowerCase(typed[0]) : 'd') {
            case 'a' -> Answer.Decision.ONCE;
            case 'w' -> view.mayLast() ? Answer.Decision.FOR_A_WHILE : Answer.Decision.DENY;
            case 'n' -> Answer.Decision.DENY_FOREVER;
            default -> Answer.Decision.DENY;
        };
        return new Answer(decision, view.allScopes());
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
