package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.FocusTraversalPolicy;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
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
import javax.swing.JRadioButton;
import javax.swing.JRootPane;
import javax.swing.plaf.basic.BasicHTML;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.model.Secret;

/** A person at the display, made of code. */
final class SwingScenarios {
    private static final Caller CALLER = new Caller(Door.HTTP, "https://mail.example", null, null, "c");

    private final SwingPrompter prompter = new SwingPrompter(DialogSamples.light(Locale.ENGLISH));

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
        scenarios.keysMeantForAnotherWindowAnswerNothing();
        scenarios.theKeyboardAloneIsEnough();
        scenarios.enterBeforeTheGuardIsDownGivesNoSecret();
        scenarios.whatLastsIsBehindOneMoreClick();
        scenarios.oneIsChosenAndKept();
        System.out.println("11 scenarios passed");
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

    /** As when somebody types a sentence, or holds a key, while the window comes up. */
    private void keysMeantForAnotherWindowAnswerNothing() throws Exception {
        FutureTask<Answer> answer = start(() -> prompter.ask(pairing("Mail")));
        Window window = window();
        JButton allow = find(window, JButton.class, "once");
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3L * Guard.MILLIS);
        while (System.nanoTime() < until) {
            for (int key : new int[] {KeyEvent.VK_ENTER, KeyEvent.VK_SPACE, KeyEvent.VK_ESCAPE, KeyEvent.VK_TAB}) {
                type(window, key);
            }
            assertThat(allow.isEnabled()).isFalse();
            Thread.sleep(20);
        }
        assertThat(answer.isDone()).isFalse();
        awaitEnabled(allow);
        type(window, KeyEvent.VK_ESCAPE);
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
        awaitGone();
    }

    private void theKeyboardAloneIsEnough() throws Exception {
        FutureTask<Answer> refused = start(() -> prompter.ask(pairing("Mail")));
        Window window = window();
        awaitEnabled(find(window, JButton.class, "once"));
        type(window, KeyEvent.VK_ENTER);
        assertThat(refused.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
        awaitGone();
        FutureTask<Answer> allowed = start(() -> prompter.ask(pairing("Mail")));
        Window again = window();
        JButton allow = awaitEnabled(find(again, JButton.class, "once"));
        assertThat(order(again)).startsWith("deny").contains("once", "more", "scope-sign", "scope-decrypt");
        assertThat(allow.getMnemonic()).isNotZero();
        click(allow);
        assertThat(allowed.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.ONCE);
        awaitGone();
    }

    private void enterBeforeTheGuardIsDownGivesNoSecret() throws Exception {
        FutureTask<Secret> answer =
                start(() -> prompter.askSecret(new SecretQuestion(CALLER, SecretQuestion.Kind.PIN, "Card", 2, false)));
        Window window = window();
        JPasswordField field = find(window, JPasswordField.class, "secret");
        EventQueue.invokeAndWait(() -> field.setText("1234"));
        type(window, KeyEvent.VK_ENTER);
        assertThat(answer.isDone()).isFalse();
        awaitEnabled(find(window, JButton.class, "ok"));
        type(window, KeyEvent.VK_ENTER);
        try (Secret secret = answer.get(10, TimeUnit.SECONDS)) {
            assertThat(secret.length()).isEqualTo(4);
        }
        awaitGone();
    }

    private void whatLastsIsBehindOneMoreClick() throws Exception {
        Question.KeyUse use = new Question.KeyUse(
                CALLER,
                "Mail",
                Question.Purpose.SIGN,
                DialogSamples.identity(TestAuthority.root("Alice").certificate()),
                Question.About.NOTHING,
                Set.of());
        FutureTask<Answer> answer = start(() -> prompter.ask(use));
        Window window = window();
        JButton always = find(window, JButton.class, "always");
        awaitEnabled(find(window, JButton.class, "once"));
        assertThat(always.isShowing()).isFalse();
        click(always);
        assertThat(answer.isDone()).isFalse();
        click(find(window, JButton.class, "more"));
        assertThat(always.isShowing()).isTrue();
        assertThat(always.isEnabled()).isFalse();
        click(awaitEnabled(always));
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.ALWAYS);
        awaitGone();
    }

    private void oneIsChosenAndKept() throws Exception {
        X509Certificate one = TestAuthority.root("One").certificate();
        FutureTask<Choice> answer = start(() -> prompter.choose(new ChoiceQuestion.ChooseCertificate(
                CALLER,
                "Mail",
                "bob@example.org",
                List.of(one, TestAuthority.root("Two").certificate()))));
        Window window = window();
        JButton use = find(window, JButton.class, "once");
        JRadioButton second = find(window, JRadioButton.class, "option-1");
        Thread.sleep(2L * Guard.MILLIS);
        assertThat(use.isEnabled()).isFalse();
        EventQueue.invokeAndWait(second::doClick);
        EventQueue.invokeAndWait(() -> find(window, JCheckBox.class, "remember").doClick());
        click(awaitEnabled(use));
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new Choice(1, true));
        awaitGone();
    }

    /** The names in the tab key's order. */
    private static List<String> order(Window window) throws Exception {
        List<String> names = new ArrayList<>();
        EventQueue.invokeAndWait(() -> {
            FocusTraversalPolicy policy = window.getFocusTraversalPolicy();
            Component first = policy.getDefaultComponent(window);
            Component at = first;
            do {
                names.add(at.getName());
                at = policy.getComponentAfter(window, at);
            } while (at != first && names.size() < 50);
        });
        return names;
    }

    /** Presses and lets go, as the system does where the keyboard's focus is. */
    private static void type(Window window, int key) throws Exception {
        EventQueue.invokeAndWait(() -> {
            Component focused = window.getMostRecentFocusOwner() == null ? window : window.getMostRecentFocusOwner();
            char typed = key == KeyEvent.VK_SPACE ? ' ' : key == KeyEvent.VK_ENTER ? '\n' : KeyEvent.CHAR_UNDEFINED;
            for (int kind : new int[] {KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED}) {
                KeyboardFocusManager.getCurrentKeyboardFocusManager()
                        .dispatchEvent(new KeyEvent(focused, kind, 0, 0, key, typed));
            }
        });
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
