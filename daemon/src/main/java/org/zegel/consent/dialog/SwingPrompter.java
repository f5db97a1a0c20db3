package org.zegel.consent.dialog;

import java.awt.AWTError;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** Asks in a window of its own. The window goes away when the asking thread is interrupted. */
public final class SwingPrompter implements Prompter {
    private final Texts texts;
    private final BooleanSupplier dark;

    public SwingPrompter(Appearance appearance) {
        this.texts = new Texts(appearance.locale(), appearance.clock());
        this.dark = appearance.dark();
    }

    /** Whether windows can be shown at all; a display that does not answer is none. */
    public static boolean hasDisplay() {
        try {
            return !GraphicsEnvironment.isHeadless()
                    && answers()
                    && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
        } catch (AWTError | HeadlessException | LinkageError unusable) {
            return false;
        }
    }

    private static boolean answers() {
        String display = System.getenv("DISPLAY");
        return display == null || DisplayProbe.answers(display);
    }

    @Override
    public boolean available(Question question) {
        return hasDisplay();
    }

    @Override
    public Answer ask(Question question) throws Failure {
        return show(answer -> new QuestionDialog(QuestionView.of(question, texts), texts, answer));
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return show(answer -> new SecretDialog(question, texts, answer));
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        return show(answer -> new ChoiceDialog(ChoiceView.of(question, texts), texts, answer));
    }

    private <T> T show(Function<CompletableFuture<T>, PromptWindow> make) throws Failure {
        if (!hasDisplay()) {
            throw new Failure(Failure.Kind.NO_PROMPT, "There is no display to ask on.");
        }
        // Outside the toolkit's thread: it may ask the system.
        boolean night = dark.getAsBoolean();
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<PromptWindow> window = new CompletableFuture<>();
        EventQueue.invokeLater(() -> {
            try {
                Look.dress(night);
                PromptWindow made = make.apply(answer);
                window.complete(made);
                made.open();
            } catch (RuntimeException | Error failed) {
                answer.completeExceptionally(failed);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException withdrawn) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            throw SecretRules.withdrawn();
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new Failure(Failure.Kind.NO_PROMPT, "The window could not be shown.", thrown);
        } finally {
            window.thenAccept(shown -> EventQueue.invokeLater(shown::dismiss));
        }
    }
}
