package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.consent.Answer;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestPrompter;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;
import org.zegel.model.Secret;
import org.zegel.model.StoreId;

@Timeout(60)
class TerminalPrompterTest {
    private final TerminalPrompter prompter = TerminalPrompter.ofCallers(DialogSamples.light(Locale.ENGLISH));
    private Pty pty;

    @BeforeEach
    void openTerminal() throws Exception {
        pty = new Pty();
    }

    @AfterEach
    void closeTerminal() {
        pty.close();
    }

    @ParameterizedTest
    @CsvSource({"a,ONCE", "A,ONCE", "w,FOR_A_WHILE", "d,DENY", "'',DENY", "n,DENY_FOREVER", "yes,DENY", "aa,DENY"})
    void asksAndTakesOnlyAClearYes(String typed, Answer.Decision decision) throws Exception {
        FutureTask<Answer> answer = start(() -> prompter.ask(keyUse("Hello")));
        pty.awaitText("Your answer");
        pty.type(typed + "\n");
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(decision);
        assertThat(pty.seen()).contains("Sign this message?", "Subject: Hello", "To: bob@example.org", "Alice");
    }

    @Test
    void grantsTheScopesOfAPairingAndShowsItsCode() throws Exception {
        FutureTask<Answer> answer = start(() ->
                prompter.ask(new Question.Pairing(caller(), "Mail", Set.of(Scope.SIGN, Scope.DECRYPT), "012345")));
        pty.awaitText("Your answer");
        assertThat(pty.seen()).contains("012 345", "Calls itself: Mail", "sign messages", "decrypt messages");
        pty.type("a\n");
        assertThat(answer.get(10, TimeUnit.SECONDS).scopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.DECRYPT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1|SIGN", "2|DECRYPT", "1 2|SIGN DECRYPT", "2,1|SIGN DECRYPT", "1 3|", "0|", "1 x|", "12|", "' '|"
            })
    void someScopesOfAPairingAreGrantedByTheirNumbers(String typed, String granted) throws Exception {
        FutureTask<Answer> answer = start(() ->
                prompter.ask(new Question.Pairing(caller(), "Mail", Set.of(Scope.SIGN, Scope.DECRYPT), "012345")));
        pty.awaitText("Your answer");
        assertThat(pty.seen()).contains("1. sign", "2. decrypt", "for these numbers alone");
        pty.type(typed + "\n");
        assertThat(answer.get(10, TimeUnit.SECONDS))
                .isEqualTo(
                        granted == null
                                ? Answer.of(Answer.Decision.DENY)
                                : new Answer(
                                        Answer.Decision.ONCE,
                                        Stream.of(granted.split(" "))
                                                .map(Scope::valueOf)
                                                .collect(Collectors.toSet())));
    }

    @Test
    void aChangeIsNotRefusedForGood() throws Exception {
        FutureTask<Answer> answer = start(
                () -> prompter.ask(new Question.Change(caller(), "Mail", new PlannedChange.ImportIdentity("Zegel"))));
        pty.awaitText("Your answer");
        assertThat(pty.seen()).contains("Add a certificate").doesNotContain("[n]", "[w]", "[1");
        pty.type("n\n");
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.of(Answer.Decision.DENY));
    }

    @Test
    void hostileTextCannotDrawOnTheTerminal() throws Exception {
        String hostile = "x\u001b[2J\r\nYour answer (d): a\u202e\u0007" + "y".repeat(1000);
        FutureTask<Answer> answer = start(() -> prompter.ask(keyUse(hostile)));
        pty.awaitText("never ask again");
        pty.awaitText("Your answer (d): \uFFFD".substring(0, 17));
        pty.type("d\n");
        answer.get(10, TimeUnit.SECONDS);
        assertThat(pty.seen()).doesNotContain("\u001b", "\u202e", "\u0007", "y".repeat(200));
        assertThat(pty.seen().lines().filter(line -> line.startsWith("Your answer")))
                .hasSize(1);
    }

    @Test
    void whatWasTypedBeforeTheQuestionAnswersNothing() throws Exception {
        pty.type("a\na\n");
        Thread.sleep(300);
        FutureTask<Answer> answer = start(() -> prompter.ask(keyUse("Hello")));
        pty.awaitText("Your answer");
        Thread.sleep(300);
        assertThat(answer.isDone()).isFalse();
        pty.type("d\n");
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
    }

    @Test
    void aLineBegunBeforeTheQuestionAnswersNothing() throws Exception {
        pty.type("a");
        Thread.sleep(300);
        FutureTask<Answer> answer = start(() -> prompter.ask(keyUse("Hello")));
        pty.awaitText("Your answer");
        pty.type("\n");
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
    }

    @Test
    void anAnswerThatDoesNotFitIsNotTakenInPart() throws Exception {
        for (int length : new int[] {Terminal.MAX_ANSWER - 1, Terminal.MAX_ANSWER}) {
            FutureTask<Secret> answer = start(() -> prompter.askSecret(
                    new SecretQuestion(caller(), SecretQuestion.Kind.PASSPHRASE, "Zegel " + length, null, false)));
            pty.awaitText("Passphrase of Zegel " + length);
            pty.type("x".repeat(length) + "\n");
            if (length < Terminal.MAX_ANSWER) {
                try (Secret whole = answer.get(10, TimeUnit.SECONDS)) {
                    assertThat(whole.length()).isEqualTo(length);
                }
            } else {
                assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.PIN_CANCELLED));
            }
        }
    }

    @Test
    void secretsAreNotEchoedAndEchoComesBack() throws Exception {
        FutureTask<Secret> answer =
                start(() -> prompter.askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PIN, "Card", 1, true)));
        pty.awaitText("PIN of Card: ");
        assertThat(pty.echoes()).isFalse();
        pty.type("12\u00e934\n");
        try (Secret secret = answer.get(10, TimeUnit.SECONDS)) {
            assertThat(secret.characters()).isEqualTo("12\u00e934".toCharArray());
        }
        assertThat(pty.echoes()).isTrue();
        assertThat(pty.seen()).contains("not right", "Last try").doesNotContain("34");
    }

    @Test
    void aNewPassphraseIsTypedTwiceAndNotTooShort() throws Exception {
        FutureTask<Secret> answer = start(() -> prompter.askSecret(
                new SecretQuestion(caller(), SecretQuestion.Kind.NEW_PASSPHRASE, "Zegel", null, false)));
        pty.awaitText("New passphrase of Zegel: ");
        pty.type("short\nshort\n");
        pty.awaitText("at least 8");
        pty.type("long enough\nbut another\n");
        pty.awaitText("not the same");
        pty.type("long enough\nlong enough\n");
        try (Secret secret = answer.get(10, TimeUnit.SECONDS)) {
            assertThat(secret.characters()).isEqualTo("long enough".toCharArray());
        }
    }

    @Test
    void nothingTypedIsACancel() throws Exception {
        FutureTask<Secret> answer = start(() ->
                prompter.askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PASSPHRASE, "Zegel", null, false)));
        pty.awaitText("Passphrase of Zegel: ");
        pty.type("\n");
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.PIN_CANCELLED));
    }

    @Test
    void echoComesBackWhenTheQuestionIsWithdrawn() throws Exception {
        FutureTask<Secret> answer = new FutureTask<>(
                () -> prompter.askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PIN, "Card", null, false)));
        Thread asking = Thread.ofPlatform().start(answer);
        pty.awaitText("PIN of Card: ");
        asking.interrupt();
        asking.join(10_000);
        assertThat(asking.isAlive()).isFalse();
        assertThat(pty.echoes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/null",
                "/etc/passwd",
                "/dev/pts/../null",
                "/dev/pts/999999",
                "/tmp",
                "",
                "\u0000",
                "/dev/tty"
            })
    void refusesWhatIsNotTheCallersTerminal(String device) {
        Caller other = new Caller(Door.SOCKET, null, null, device, "c");
        Question question = new Question.Change(other, "Client", new PlannedChange.ForgetRefusals());
        assertThat(prompter.available(question)).isFalse();
        assertThatThrownBy(() -> prompter.ask(question))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_PROMPT));
    }

    @Test
    void withoutADisplayTheChooserAsksAtTheCallersTerminal() throws Exception {
        PromptChooser chooser =
                PromptChooser.ofCallers(DialogSamples.light(Locale.forLanguageTag("nl-NL")), PromptMeans.USUAL);
        Question question = new Question.Change(caller(), "Client", new PlannedChange.ForgetRefusals());
        assertThat(chooser.available(question)).isTrue();
        FutureTask<Answer> answer = start(() -> chooser.ask(question));
        pty.awaitText("Uw antwoord (d):");
        pty.type("a\n");
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.ONCE);
    }

    /** A terminal that a caller names may be one of its own making; what the person sees comes first. */
    @ParameterizedTest
    @CsvSource({"false, DENY", "true, ONCE"})
    void aDisplayComesBeforeATerminalThatIsTheCallersWord(boolean own, Answer.Decision decision) throws Exception {
        Appearance appearance = DialogSamples.light(Locale.forLanguageTag("nl-NL"));
        Prompter display = new TestPrompter() {
            @Override
            public Answer ask(Question question) {
                return Answer.of(Answer.Decision.DENY);
            }
        };
        PromptChooser chooser = new PromptChooser(
                TerminalPrompter.ofCallers(appearance),
                display,
                PinentryPrompter.of(appearance, PromptMeans.USUAL),
                PromptMeans.Kind.AUTO,
                own,
                () -> true);
        FutureTask<Answer> answer =
                start(() -> chooser.ask(new Question.Change(caller(), "Client", new PlannedChange.ForgetRefusals())));
        if (own) {
            pty.awaitText("Uw antwoord (d):");
            pty.type("a\n");
        }
        assertThat(answer.get(10, TimeUnit.SECONDS).decision()).isEqualTo(decision);
    }

    private Question keyUse(String subject) {
        var certificate = TestAuthority.root("Alice", KeyKind.values()[0]).certificate();
        StoreId store = new StoreId("test");
        Identity identity = new Identity(
                IdentityId.of(store, certificate), store, certificate, List.of(), Set.of(Identity.KeyUse.SIGN), false);
        return new Question.KeyUse(
                caller(), "Mail", Question.Purpose.SIGN, identity, subject, List.of("bob@example.org"));
    }

    private Caller caller() {
        return new Caller(Door.SOCKET, null, "/usr/bin/mail", pty.device(), "c");
    }

    private static <T> FutureTask<T> start(java.util.concurrent.Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }
}
