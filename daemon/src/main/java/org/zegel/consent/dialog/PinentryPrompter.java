package org.zegel.consent.dialog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.dialog.pinentry.Pinentry;
import org.zegel.consent.dialog.pinentry.Pinentry.Text;
import org.zegel.consent.dialog.pinentry.PinentryException;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * Asks through a pinentry program: in the caller's terminal, or in a window where the program can open one. It knows
 * yes and no alone, so scopes are granted all or none, and of several things each is shown until one is taken.
 */
public final class PinentryPrompter implements Prompter {
    private static final int NEW_PASSPHRASE_TRIES = 3;
    private static final int HASTY_TRIES = 3;

    /** The program has the yes under the person's fingers at once; typing meant for something else is no yes. */
    private static final long GUARD_NANOS = 500_000_000L;

    private final Texts texts;
    private final PromptMeans means;
    private final Map<String, String> environment;

    PinentryPrompter(Appearance appearance, PromptMeans means, Map<String, String> environment) {
        this.texts = new Texts(appearance.locale(), appearance.clock());
        this.means = means;
        this.environment = Map.copyOf(environment);
    }

    /** With the program that is configured or found; it inherits this process's display. */
    public static PinentryPrompter of(Appearance appearance, PromptMeans means) {
        return new PinentryPrompter(appearance, means, System.getenv());
    }

    @Override
    public boolean available(Question question) {
        return availableFor(question.caller());
    }

    boolean availableFor(Caller caller) {
        return program()
                .filter(found -> terminal(caller).isPresent() || PinentryPrograms.hasWindows(environment, found))
                .isPresent();
    }

    @Override
    public Answer ask(Question question) throws Failure {
        QuestionView view = QuestionView.of(question, texts);
        String words = PinentryWords.of(view, texts);
        return with(question.caller(), pinentry -> {
            pinentry.say(Text.TITLE, texts.get("title"));
            pinentry.say(Text.DESC, words);
            pinentry.say(Text.OK, view.yes());
            pinentry.say(Text.CANCEL, texts.get("button.deny"));
            boolean yes = confirmed(pinentry);
            return new Answer(yes ? Answer.Decision.ONCE : Answer.Decision.DENY, yes ? view.allScopes() : Set.of());
        });
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        ChoiceView view = ChoiceView.of(question, texts);
        List<String> pages = PinentryWords.pages(view);
        return with(question.caller(), pinentry -> {
            pinentry.say(Text.TITLE, texts.get("title"));
            pinentry.say(Text.OK, view.yes());
            pinentry.say(Text.NOTOK, texts.get("pinentry.next"));
            pinentry.say(Text.CANCEL, texts.get("button.cancel"));
            for (int at = 0; at < pages.size(); at++) {
                pinentry.say(Text.DESC, pages.get(at));
                if (taken(pinentry)) {
                    return new Choice(at, false);
                }
            }
            throw SecretRules.noChoice();
        });
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return with(question.caller(), pinentry -> {
            pinentry.say(Text.TITLE, texts.get("title"));
            pinentry.say(Text.DESC, PinentryWords.plain(SecretRules.label(question, texts)));
            pinentry.say(Text.PROMPT, texts.get(SecretRules.isPin(question) ? "pinentry.pin" : "pinentry.passphrase"));
            pinentry.say(Text.OK, texts.get("yes.secret"));
            pinentry.say(Text.CANCEL, texts.get("button.cancel"));
            String note = SecretRules.note(question, texts);
            if (!note.isEmpty()) {
                pinentry.say(Text.ERROR, note);
            }
            return SecretRules.typedTwice(question)
                    ? chosen(pinentry)
                    : typed(pinentry).secret();
        });
    }

    private static Pinentry.Typed typed(Pinentry pinentry) throws IOException, Failure {
        Pinentry.Typed typed = pinentry.pin();
        if (typed.secret().length() == 0) {
            typed.close();
            throw SecretRules.cancelled();
        }
        return typed;
    }

    /** Programs that cannot have it typed twice are asked twice. */
    private Secret chosen(Pinentry pinentry) throws IOException, Failure {
        String problem = null;
        for (int attempt = 0; attempt < NEW_PASSPHRASE_TRIES; attempt++) {
            pinentry.say(Text.REPEAT, texts.get("secret.repeat"));
            pinentry.say(Text.REPEATERROR, texts.get("secret.differ"));
            if (problem != null) {
                pinentry.say(Text.ERROR, problem);
            }
            Pinentry.Typed first = typed(pinentry);
            boolean good = false;
            try {
                problem = first.repeated() ? problem(first.secret(), first.secret()) : again(pinentry, first.secret());
                good = problem == null;
                if (good) {
                    return first.secret();
                }
            } finally {
                if (!good) {
                    first.close();
                }
            }
        }
        throw SecretRules.cancelled();
    }

    private @Nullable String again(Pinentry pinentry, Secret first) throws IOException, Failure {
        String problem = problem(first, first);
        if (problem != null) {
            return problem;
        }
        pinentry.say(Text.PROMPT, texts.get("secret.repeat") + ":");
        try (Pinentry.Typed second = typed(pinentry)) {
            return problem(first, second.secret());
        } finally {
            pinentry.say(Text.PROMPT, texts.get("pinentry.passphrase"));
        }
    }

    private @Nullable String problem(Secret first, Secret second) {
        return SecretRules.problem(first.characters(), second.characters(), texts);
    }

    /** A yes that nobody can have read the question for is asked for again. */
    private static void confirm(Pinentry pinentry) throws IOException {
        for (int attempt = 0; attempt < HASTY_TRIES; attempt++) {
            long shown = System.nanoTime();
            pinentry.confirm();
            if (System.nanoTime() - shown >= GUARD_NANOS) {
                return;
            }
        }
        throw new PinentryException(PinentryException.Reason.NOT_CONFIRMED, "too hasty");
    }

    private static boolean confirmed(Pinentry pinentry) throws IOException {
        try {
            confirm(pinentry);
            return true;
        } catch (PinentryException no) {
            return switch (no.reason()) {
                case CANCELLED, NOT_CONFIRMED -> false;
                case TIMED_OUT, WITHDRAWN, UNUSABLE -> throw no;
            };
        }
    }

    /** Three ways out: this one, the next one, or none at all. */
    private static boolean taken(Pinentry pinentry) throws IOException, Failure {
        try {
            confirm(pinentry);
            return true;
        } catch (PinentryException no) {
            return switch (no.reason()) {
                case NOT_CONFIRMED -> false;
                case CANCELLED -> throw SecretRules.noChoice();
                case TIMED_OUT, WITHDRAWN, UNUSABLE -> throw no;
            };
        }
    }

    /** What is asked of the program. */
    private interface Asking<T> {
        T ask(Pinentry pinentry) throws IOException, Failure;
    }

    private <T> T with(Caller caller, Asking<T> asking) throws Failure {
        Path program = program()
                .orElseThrow(() -> new Failure(
                        Failure.Kind.NO_PROMPT,
                        "There is no pinentry program to ask you with. Install one, such as pinentry-gnome3."));
        Path device = terminal(caller).orElse(null);
        try {
            if (device == null) {
                return inWindow(program, asking);
            }
            try (Terminal terminal = Terminal.open(device)) {
                terminal.discardTyped();
                String settings = terminal.settings();
                try {
                    return run(program, device, asking);
                } finally {
                    terminal.restore(settings);
                }
            }
        } catch (PinentryException failed) {
            throw switch (failed.reason()) {
                case CANCELLED, NOT_CONFIRMED -> SecretRules.cancelled();
                case TIMED_OUT -> SecretRules.timedOut();
                case WITHDRAWN -> SecretRules.withdrawn();
                case UNUSABLE -> unusable(failed);
            };
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    private <T> T inWindow(Path program, Asking<T> asking) throws IOException, Failure {
        if (!PinentryPrograms.hasWindows(environment, program)) {
            throw new Failure(Failure.Kind.NO_PROMPT, "There is no display and no terminal to ask you at.");
        }
        return run(program, null, pinentry -> {
            if (PinentryPrograms.needsTerminal(pinentry.flavor())) {
                throw new Failure(
                        Failure.Kind.NO_PROMPT,
                        "The pinentry program needs a terminal. Install one that opens windows, such as pinentry-gnome3.");
            }
            return asking.ask(pinentry);
        });
    }

    private <T> T run(Path program, @Nullable Path terminal, Asking<T> asking) throws IOException, Failure {
        try (Pinentry pinentry = Pinentry.start(program, terminal, terminalType(terminal), characters())) {
            pinentry.timeout(means.timeout());
            return asking.ask(pinentry);
        }
    }

    private Optional<Path> program() {
        return means.program().isPresent() ? means.program() : PinentryPrograms.find(environment);
    }

    private static Optional<Path> terminal(Caller caller) {
        return Optional.ofNullable(caller.terminal()).filter(Terminal::isUsable).map(Path::of);
    }

    /** The caller's is not known; each of the two understands what is written for it. */
    private static String terminalType(@Nullable Path terminal) {
        return terminal == null || terminal.startsWith("/dev/pts") ? "xterm" : "linux";
    }

    private String characters() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> value.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"))
                .findFirst()
                .orElse("C.UTF-8");
    }

    private static Failure unusable(IOException cause) {
        return new Failure(
                Failure.Kind.NO_PROMPT, "The pinentry program could not ask you. Zegel's log says more.", cause);
    }
}
