package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.consent.Answer;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;
import org.zegel.model.Secret;
import org.zegel.model.StoreId;

/** The real programs in a real pseudo-terminal. */
@Timeout(60)
class PinentryPrompterTest {
    /** Made beforehand: the first keys of a JVM take their time, and the screen is waited for. */
    private static final Identity ALICE = identity("Alice");

    private static final Identity BOB = identity("Bob");

    private Pty pty;

    /** Of GnuPG's pinentry, the two that need no display, and what a person types in them. */
    enum Program {
        TTY("pinentry-tty", "s", "r", "\n"),
        CURSES("pinentry-curses", "\r", "\t\r", "\r");

        private final String command;
        private final String sign;
        private final String refuse;
        private final String enter;

        Program(String command, String sign, String refuse, String enter) {
            this.command = command;
            this.sign = sign;
            this.refuse = refuse;
            this.enter = enter;
        }

        PinentryPrompter prompter() {
            return prompterOf(Needs.program(command));
        }
    }

    @BeforeEach
    void openTerminal() throws Exception {
        pty = new Pty();
    }

    @AfterEach
    void closeTerminal() {
        pty.close();
    }

    @ParameterizedTest
    @EnumSource
    void asksForAYes(Program program) throws Exception {
        FutureTask<Answer> answer = start(() -> program.prompter().ask(keyUse("50% é")));
        awaitReading("efuse");
        pty.type(program.sign);
        assertThat(answer.get(20, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.ONCE);
        assertThat(pty.seen()).contains("Sign this message?", "Subject: 50% é", "bob@example.org", "Alice");
        assertThat(pty.echoes()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void takesEverythingElseForANo(Program program) throws Exception {
        FutureTask<Answer> answer = start(() -> program.prompter().ask(keyUse("Hello")));
        pty.awaitText("efuse");
        pty.type(program.refuse);
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(Answer.of(Answer.Decision.DENY));
    }

    @ParameterizedTest
    @EnumSource
    void aYesThatNobodyCanHaveMeantIsAskedForAgain(Program program) throws Exception {
        pty.type(program.sign);
        FutureTask<Answer> answer = start(() -> program.prompter().ask(keyUse("Hello")));
        pty.awaitText("efuse");
        pty.type(program.sign);
        Thread.sleep(700);
        assertThat(answer.isDone()).isFalse();
        pty.type(program.refuse);
        assertThat(answer.get(20, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
    }

    @ParameterizedTest
    @EnumSource
    void grantsAllScopesOfAPairingAndShowsItsCode(Program program) throws Exception {
        FutureTask<Answer> answer = start(() -> program.prompter()
                .ask(new Question.Pairing(caller(), "Mail", Set.of(Scope.SIGN, Scope.DECRYPT), "012345")));
        awaitReading("efuse");
        assertThat(pty.seen()).contains("012 345", "sign messages", "decrypt messages", "shows the same code");
        pty.type(program == Program.TTY ? "l" : "\r");
        assertThat(answer.get(20, TimeUnit.SECONDS).scopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.DECRYPT);
    }

    @ParameterizedTest
    @EnumSource
    void takesAPinThatIsNeverShownAndTellsTheTriesLeft(Program program) throws Exception {
        FutureTask<Secret> answer = start(() -> program.prompter()
                .askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PIN, "Card %41\n<b>", 1, true)));
        pty.awaitText("PIN:");
        pty.type("84%2561" + program.enter);
        try (Secret secret = answer.get(20, TimeUnit.SECONDS)) {
            assertThat(secret.characters()).isEqualTo("84%2561".toCharArray());
        }
        assertThat(pty.seen())
                .contains("Card %41\uFFFD\u2039b\u203a", "not right", "Last try")
                .doesNotContain("84");
        assertThat(pty.echoes()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void nothingTypedIsACancel(Program program) throws Exception {
        FutureTask<Secret> answer = start(() -> program.prompter()
                .askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PASSPHRASE, "Zegel", null, false)));
        pty.awaitText("Passphrase:");
        pty.type(program.enter);
        assertFails(answer, Failure.Kind.PIN_CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void aNewPassphraseIsTypedTwice(Program program) throws Exception {
        FutureTask<Secret> answer = start(() -> program.prompter()
                .askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.NEW_PASSPHRASE, "Zegel", null, false)));
        pty.awaitText("Passphrase:");
        pty.type("short" + program.enter);
        if (program == Program.TTY) {
            pty.awaitText("Once more");
            pty.type("short" + program.enter);
        }
        pty.awaitText("at least 8");
        pty.type("long enough" + program.enter);
        pty.awaitText("Once more");
        pty.type("long enough" + program.enter);
        try (Secret secret = answer.get(20, TimeUnit.SECONDS)) {
            assertThat(secret.characters()).isEqualTo("long enough".toCharArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsOneAfterTheOtherToChooseFrom(Program program) throws Exception {
        FutureTask<Choice> answer = start(() -> program.prompter()
                .choose(new ChoiceQuestion.ChooseIdentity(
                        caller(), "Mail", "alice@example.org", "Hello", List.of(ALICE, BOB))));
        awaitReading("1 / 2");
        pty.type(program == Program.TTY ? "s" : "\t\r");
        awaitReading("2 / 2");
        pty.type(program == Program.TTY ? "u" : "\r");
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(new Choice(1, false));
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionThatIsWithdrawnEndsTheProgramAndLeavesAUsableTerminal(Program program) throws Exception {
        for (boolean secret : new boolean[] {true, false}) {
            FutureTask<Object> answer = new FutureTask<>(() -> secret
                    ? program.prompter()
                            .askSecret(new SecretQuestion(caller(), SecretQuestion.Kind.PIN, "Card", null, false))
                    : program.prompter().ask(keyUse("Hello")));
            Thread asking = Thread.ofPlatform().start(answer);
            pty.awaitText(secret ? "PIN:" : "efuse");
            asking.interrupt();
            assertFails(answer, Failure.Kind.CANCELLED);
            assertThat(pty.echoes()).isTrue();
            assertThat(ProcessHandle.current()
                            .descendants()
                            .flatMap(one -> one.info().command().stream())
                            .filter(command -> command.endsWith(program.command)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostileTextCannotDrawOnTheTerminal(Program program) throws Exception {
        String hostile = "x\u001b[2J\nOK\r\nD 1\u202e%0A%1b[1m" + "y".repeat(3000);
        FutureTask<Answer> answer = start(() -> program.prompter().ask(keyUse(hostile)));
        pty.awaitText("efuse");
        pty.type(program.refuse);
        assertThat(answer.get(20, TimeUnit.SECONDS).decision()).isEqualTo(Answer.Decision.DENY);
        assertThat(pty.seen()).contains("%0A%1b[1m").doesNotContain("x\u001b[2J", "\u202e", "y".repeat(130));
    }

    @Test
    void aLongQuestionIsCutInItsValuesNotInItsLines() throws Exception {
        Question question = new Question.KeyUse(
                caller(),
                "Mail",
                Question.Purpose.SIGN,
                ALICE,
                "\u00e9".repeat(200),
                IntStream.range(0, 8)
                        .mapToObj(i -> i + "someone.with.a.long.name@a.rather.long.subdomain.of.a." + "d".repeat(60)
                                + ".example.org")
                        .toList());
        FutureTask<Answer> answer = start(() -> Program.TTY.prompter().ask(question));
        pty.awaitText("efuse");
        pty.type("r");
        answer.get(20, TimeUnit.SECONDS);
        assertThat(pty.seen())
                .contains("Subject: ", "0someone", "4someone", "and 3 more", "Mail", "\u2026")
                .doesNotContain("d".repeat(60));
    }

    @Test
    void refusesWhereTheProgramCannotAsk(@TempDir Path directory) throws Exception {
        Caller nowhere = new Caller(Door.SOCKET, null, null, null, "c");
        Question question = new Question.Change(nowhere, "Mail", new PlannedChange.ForgetRefusals());
        PinentryPrompter noWindows = prompterOf(Needs.program("pinentry-tty"));
        assertThat(noWindows.available(question)).isFalse();
        assertThatThrownBy(() -> noWindows.ask(question))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("display");

        PinentryPrompter wayland = prompter(Needs.program("pinentry-tty"), Map.of("WAYLAND_DISPLAY", "wayland-0"));
        assertThatThrownBy(() -> wayland.ask(question))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("terminal");

        Question here = new Question.Change(caller(), "Mail", new PlannedChange.ForgetRefusals());
        for (String script :
                List.of("exit 0", "echo nonsense", "head -c 3000 /dev/zero", "echo OK; read x; echo ERR 1")) {
            Path program = Files.writeString(directory.resolve("pinentry"), "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            assertThatThrownBy(() -> prompterOf(program).ask(here))
                    .as(script)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_PROMPT));
            assertThat(pty.echoes()).isTrue();
        }
    }

    @Test
    void theProgramGivesUpByItselfInTime() throws Exception {
        PinentryPrompter hurried = new PinentryPrompter(
                DialogSamples.light(Locale.ENGLISH),
                new PromptMeans(
                        PromptMeans.Kind.PINENTRY,
                        Optional.of(Needs.program("pinentry-curses")),
                        Duration.ofSeconds(1)),
                Map.of());
        FutureTask<Answer> answer = start(() -> hurried.ask(keyUse("Hello")));
        assertFails(answer, Failure.Kind.CONSENT_TIMEOUT);
    }

    /** On the screen for as long as it takes a person to read it. */
    private void awaitReading(String text) throws Exception {
        pty.awaitText(text);
        Thread.sleep(550);
    }

    private static PinentryPrompter prompterOf(Path program) {
        return prompter(program, Map.of());
    }

    private static PinentryPrompter prompter(Path program, Map<String, String> environment) {
        return new PinentryPrompter(
                DialogSamples.light(Locale.ENGLISH),
                new PromptMeans(PromptMeans.Kind.PINENTRY, Optional.of(program), Duration.ofMinutes(1)),
                environment);
    }

    private Question keyUse(String subject) {
        return new Question.KeyUse(caller(), "Mail", Question.Purpose.SIGN, ALICE, subject, List.of("bob@example.org"));
    }

    private static Identity identity(String name) {
        var certificate = TestAuthority.root(name, KeyKind.values()[0]).certificate();
        StoreId store = new StoreId("test");
        return new Identity(
                IdentityId.of(store, certificate), store, certificate, List.of(), Set.of(Identity.KeyUse.SIGN), false);
    }

    private Caller caller() {
        return new Caller(Door.SOCKET, null, "/usr/bin/mail", pty.device(), "c");
    }

    private static void assertFails(FutureTask<?> answer, Failure.Kind kind) {
        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static <T> FutureTask<T> start(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }
}
