package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Window;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JPasswordField;
import javax.swing.JRootPane;
import javax.swing.plaf.basic.BasicHTML;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.model.Secret;

/** A person at the display, made of code. */
final class SwingScenarios {
    private static final Caller CALLER = new Caller(Door.HTTP, "https://mail.example", null, null, "c");

    private final SwingPrompter prompter = new SwingPrompter(Locale.ENGLISH);

    private SwingScenarios() {}

    public static void main(String[] arguments) throws Exception {
        // A window that is left open would keep this JVM alive: what went wrong is said, and it ends.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        // The toolkit is there before two threads ask for it at once.
        EventQueue.invokeAndWait(() -> {});
        SwingScenarios scenarios = new SwingScenarios();
        scenarios.denyIsTheDefaultAndAllowWaits();
        scenarios.allowWorksAfterTheGuardAndScopesCanBeLeftOut();
        scenarios.hostileTextIsNotHtml();
        scenarios.aSecretIsTakenAndTheFieldWiped();
        scenarios.aNewPassphraseMustBeTypedTwice();
        scenarios.aWithdrawnQuestionLeavesTheScreen();
        System.out.println("6 scenarios passed");
        System.exit(0);
    }

    private void denyIsTheDefaultAndAllowWaits() throws Exception {
        FutureTask<Answer> answer = start(() -> prompter.ask(pairing("Mail")));
        Window window = window();
        JButton allow = find(window, JButton.class, "once");
        assertThat(allow.isEnabled()).isFalse();
        click(allow);
        JRootPane root = ((javax.swing.JDialog) window).getRootPane();
        assertThat(root.getDefaultButton().getName()).isEqualTo("deny");
        click(root.getDefaultButton());
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
        awaitGone();
    }

    private void allowWorksAfterTheGuardAndScopesCanBeLeftOut() throws Exception {
        FutureTask<Answer> answer = start(() -> prompter.ask(pairing("Mail")));
        Window window = window();
        EventQueue.invokeAndWait(() -> all(window, JCheckBox.class)
                .filter(box -> "scope-decrypt".equals(box.getName()))
                .forEach(box -> box.setSelected(false)));
        click(awaitEnabled(find(window, JButton.class, "once")));
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Answer(Answer.Decision.ONCE, Set.of(Scope.SIGN)));
        awaitGone();
    }

    private void hostileTextIsNotHtml() throws Exception {
        FutureTask<Answer> answer = start(() -> prompter.ask(pairing("<html><b>Zegel</b>\u202e")));
        Window window = window();
        assertThat(all(window, JComponent.class)
                        .filter(component -> component.getClientProperty(BasicHTML.propertyKey) != null))
                .isEmpty();
        assertThat(all(window, javax.swing.text.JTextComponent.class)
                        .map(javax.swing.text.JTextComponent::getText)
                        .filter(text -> text.contains("Zegel</b>")))
                .containsExactly("<html><b>Zegel</b>\uFFFD");
        click(find(window, JButton.class, "forever"));
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY_FOREVER);
        awaitGone();
    }

    private void aSecretIsTakenAndTheFieldWiped() throws Exception {
        FutureTask<Secret> answer =
                start(() -> prompter.askSecret(new SecretQuestion(CALLER, SecretQuestion.Kind.PIN, "Card", 2, true)));
        Window window = window();
        JPasswordField field = find(window, JPasswordField.class, "secret");
        EventQueue.invokeAndWait(() -> field.setText("1234"));
        click(awaitEnabled(find(window, JButton.class, "ok")));
        try (Secret secret = answer.get(10, TimeUnit.SECONDS)) {
            assertThat(secret.characters()).isEqualTo("1234".toCharArray());
        }
        awaitGone();
        assertThat(field.getPassword()).isEmpty();
    }

    private void aNewPassphraseMustBeTypedTwice() throws Exception {
        FutureTask<Secret> answer = start(() -> prompter.askSecret(
                new SecretQuestion(CALLER, SecretQuestion.Kind.NEW_PASSPHRASE, "Zegel", null, false)));
        Window window = window();
        JPasswordField repeat = find(window, JPasswordField.class, "repeat");
        EventQueue.invokeAndWait(
                () -> find(window, JPasswordField.class, "secret").setText("long enough"));
        JButton ok = awaitEnabled(find(window, JButton.class, "ok"));
        click(ok);
        assertThat(answer.isDone()).isFalse();
        click(find(window, JButton.class, "cancel"));
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(Failure.class);
        assertThat(repeat.getPassword()).isEmpty();
        awaitGone();
    }

    private void aWithdrawnQuestionLeavesTheScreen() throws Exception {
        FutureTask<Answer> answer = new FutureTask<>(() -> prompter.ask(pairing("Mail")));
        Thread asking = Thread.ofVirtual().start(answer);
        window();
        asking.interrupt();
        asking.join();
        awaitGone();
    }

    private static Question pairing(String name) {
        return new Question.Pairing(CALLER, name, Set.of(Scope.SIGN, Scope.DECRYPT), "123456");
    }

    private static Window window() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            for (Window window : Window.getWindows()) {
                if (window.isShowing()) {
                    return window;
                }
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no window");
    }

    private static void awaitGone() throws Exception {
        for (int i = 0; i < 500; i++) {
            if (Stream.of(Window.getWindows()).noneMatch(Window::isShowing)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("the window stays");
    }

    private static JButton awaitEnabled(JButton button) throws InterruptedException {
        for (int i = 0; i < 500 && !button.isEnabled(); i++) {
            Thread.sleep(10);
        }
        assertThat(button.isEnabled()).isTrue();
        return button;
    }

    private static void click(JButton button) throws Exception {
        EventQueue.invokeAndWait(button::doClick);
    }

    private static <T extends Component> T find(Container container, Class<T> type, String name) {
        return all(container, type)
                .filter(component -> name.equals(component.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Component> Stream<T> all(Container container, Class<T> type) {
        return Stream.of(container.getComponents())
                .flatMap(component -> Stream.concat(
                        Stream.of(component).filter(type::isInstance).map(type::cast),
                        component instanceof Container inner ? all(inner, type) : Stream.empty()));
    }

    private static <T> FutureTask<T> start(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }
}
