package org.zegel.store.cryptoki.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.model.Secret;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.OddModule;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.ReturnValue;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenEvent;

/** Modules that hang, crash and err, in real helper processes. */
class ModuleFaultsTest {
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final long PATIENCE_SECONDS = 30;

    private static final HelperLimits LIMITS = new HelperLimits(
            Duration.ofSeconds(30),
            STALL,
            Duration.ofSeconds(6),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            16);

    @TempDir
    static Path folder;

    private static OddModule odd;
    private static ModuleProcesses modules;

    @BeforeAll
    static void compile() throws Exception {
        odd = OddModule.compile(folder);
        modules = new ModuleProcesses(ModuleHelper.command(), LIMITS);
    }

    @AfterAll
    static void endHelpers() {
        modules.close();
    }

    private static ModuleFailure failure(Callable<?> call) {
        return catchThrowableOfType(ModuleFailure.class, call::call);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void aHangEndsInAnErrorAndLeavesOtherModulesAsTheyWere() throws Exception {
        ModuleProcess well = modules.module(odd.spec("well"));
        ModuleProcess hanging = modules.module(odd.spec("hang"));
        well.tokens();
        Long pid = well.pid();
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<ModuleFailure> hang = threads.submit(() -> failure(hanging::tokens));
            await(hanging::isRunning);
            int answers = 0;
            while (!hang.isDone()) {
                assertThat(well.tokens()).hasSize(1);
                answers++;
            }
            assertThat(hang.get().kind()).isEqualTo(Kind.HUNG);
            assertThat(answers).as("answers of the other module meanwhile").isGreaterThan(20);
        }
        assertThat(well.pid()).isEqualTo(pid);
        assertThat(hanging.isRunning()).isFalse();
    }

    @Test
    void aCrashEndsInAnErrorAndTheNextCallHasANewHelper() throws Exception {
        ModuleProcess module = modules.module(odd.spec("crash"));

        assertThat(failure(module::tokens).kind()).isEqualTo(Kind.CRASHED);
        assertThat(module.isRunning()).isFalse();
        module.close();
        assertThat(failure(module::tokens).kind()).as("of a new helper").isEqualTo(Kind.CRASHED);
    }

    @Test
    void aModuleThatEndsItsProcessIsACrash() {
        assertThat(failure(modules.module(odd.spec("exit"))::tokens).kind()).isEqualTo(Kind.CRASHED);
    }

    @Test
    void aModuleThatDiesAtOnceIsLeftAloneForAWhile() {
        ModuleProcess module = modules.module(odd.spec("crash at once"));

        assertThat(failure(module::tokens).kind()).isEqualTo(Kind.CRASHED);
        long begin = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(failure(module::tokens).kind()).isEqualTo(Kind.CRASHED);
        }
        assertThat(System.nanoTime() - begin)
                .as("a thousand helpers would take minutes")
                .isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void saysWhyAModuleDidNotInitialise() {
        ModuleFailure failure = failure(modules.module(odd.spec("refuse"))::tokens);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_LOADED);
        assertThat(failure.value()).isEqualTo(new ReturnValue(ReturnValue.DEVICE_ERROR));
    }

    @Test
    void whatAModulePrintsOrReadsDoesNotDisturb() throws Exception {
        ModuleProcess module = modules.module(odd.spec("noise"));

        for (int i = 0; i < 50; i++) {
            assertThat(module.tokens()).hasSize(1);
        }
    }

    @Test
    void aModuleThatCannotLockIsCalledByOneThreadAtATime() throws Exception {
        assertThat(modules.open(odd.spec("no threads")).tokens()).hasSize(1);
    }

    @Test
    void aCardThatTheModuleDoesNotKnowIsAProblemOfItsSlot() throws Exception {
        Module module = modules.open(odd.spec("unknown card"));

        assertThat(module.tokens()).isEmpty();
        assertThat(module.slots()).singleElement().satisfies(slot -> {
            assertThat(slot.name()).isEqualTo("odd slot");
            assertThat(slot.removable()).isTrue();
            assertThat(slot.problem()).hasToString("CKR_TOKEN_NOT_RECOGNIZED");
        });
    }

    @Test
    void aPersonAtThePinPadTakesLongerThanAStall() throws Exception {
        ModuleProcess module = modules.module(odd.spec("last try"));
        Token token = module.tokens().getFirst();

        assertThat(token.protectedPath()).isTrue();
        assertThat(token.pin()).isEqualTo(PinState.FINAL_TRY);
        long begin = System.nanoTime();
        module.login(token, null);
        assertThat(System.nanoTime() - begin).isGreaterThan(STALL.toNanos());
    }

    @Test
    void givingUpAtThePinPadIsNotAWrongPin() throws Exception {
        ModuleProcess module = modules.module(odd.spec("give up"));
        Token token = module.tokens().getFirst();

        ModuleFailure failure = failure(() -> {
            module.login(token, null);
            return true;
        });

        assertThat(failure.kind()).isEqualTo(Kind.PIN_CANCELLED);
    }

    @Test
    void aPinOfNoCharactersDoesNotGoToThePinPad() throws Exception {
        ModuleProcess module = modules.module(odd.spec("empty PIN"));
        Token token = module.tokens().getFirst();

        try (Secret none = Secret.takeOver(new char[0])) {
            ModuleFailure failure = failure(() -> {
                module.login(token, none);
                return true;
            });
            assertThat(failure.kind()).isEqualTo(Kind.PIN_INCORRECT);
        }
    }

    @Test
    void tellsWhatComesAndGoes() throws Exception {
        Path card = folder.resolve("card");
        ModuleProcess module = modules.module(odd.spec("file:" + card));
        BlockingQueue<TokenEvent> events = new LinkedBlockingQueue<>();
        try (AutoCloseable _ = module.watch(events::add)) {
            // It begins some time later with what is there then, so that the first change may be missed.
            TokenEvent first = null;
            for (int tries = 0; first == null && tries < 10; tries++) {
                toggle(card);
                first = events.poll(2, TimeUnit.SECONDS);
            }
            assertThat(first).isNotNull();
            assertThat(first.token().label()).isEqualTo("odd");
            assertThat(first.kind() == TokenEvent.Kind.INSERTED).isEqualTo(Files.exists(card));
            toggle(card);
            TokenEvent second = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(second).isNotNull();
            assertThat(second.kind()).isNotEqualTo(first.kind());
        }
    }

    private static void toggle(Path card) throws IOException {
        if (!Files.deleteIfExists(card)) {
            Files.createFile(card);
        }
    }

    @Test
    void anIdleHelperEndsUnlessItIsWatched() throws Exception {
        HelperLimits soon = new HelperLimits(
                LIMITS.start(),
                LIMITS.stall(),
                LIMITS.longest(),
                LIMITS.pinPad(),
                Duration.ofMillis(400),
                LIMITS.firstRest(),
                LIMITS.longestRest(),
                16);
        try (ModuleProcesses own = new ModuleProcesses(ModuleHelper.command(), soon)) {
            ModuleProcess idle = own.module(odd.spec("well"));
            ModuleProcess watched = own.module(odd.spec("file:/nowhere"));
            try (AutoCloseable _ = watched.watch(_ -> {})) {
                await(watched::isRunning);
                idle.tokens();
                await(() -> !idle.isRunning());
                assertThat(watched.isRunning()).isTrue();
            }
            await(() -> !watched.isRunning());
            assertThat(idle.tokens()).as("a new helper").hasSize(1);
        }
    }

    @Test
    void aHelperMakesRoomForAnother() throws Exception {
        HelperLimits one = new HelperLimits(
                LIMITS.start(),
                LIMITS.stall(),
                LIMITS.longest(),
                LIMITS.pinPad(),
                LIMITS.idle(),
                LIMITS.firstRest(),
                LIMITS.longestRest(),
                1);
        try (ModuleProcesses own = new ModuleProcesses(ModuleHelper.command(), one)) {
            ModuleProcess first = own.module(odd.spec("first"));
            ModuleProcess second = own.module(odd.spec("second"));
            first.tokens();
            assertThat(second.tokens()).hasSize(1);
            assertThat(first.isRunning()).isFalse();

            try (AutoCloseable _ = second.watch(_ -> {})) {
                ModuleFailure full = failure(first::tokens);
                assertThat(full.kind()).isEqualTo(Kind.NOT_LOADED);
                assertThat(full).hasMessageContaining("too many");
            }
        }
    }
}
