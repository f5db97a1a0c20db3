package org.zegel.store.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zegel.consent.Answer;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Failure;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.PinState;
import org.zegel.store.cryptoki.Token;

/** A reader with a PIN pad, which is not to be had here: the module is played. */
class PinPadTest {
    private final List<String> calls = new ArrayList<>();
    private final TokenKind kind =
            new TokenKind("pkcs11", SecretQuestion.Kind.PIN, "Ask for another card.", Duration.ofMinutes(5), false);
    private final TokenLogin login = new TokenLogin(module(), kind, "Card", new MovableClock());

    private Module module() {
        return (Module) Proxy.newProxyInstance(
                Module.class.getClassLoader(), new Class<?>[] {Module.class}, (self, method, arguments) -> {
                    calls.add(method.getName() + (arguments.length > 1 ? " with " + arguments[1] : ""));
                    return null;
                });
    }

    private static Token token(PinState pin) {
        return new Token(1, "Reader", "Card", "Maker", "", "1", true, true, pin, false, Set.of());
    }

    @Test
    void tellsThePersonToTypeThereAndAsksForNothingHere() throws Failure {
        TestConsent person = TestConsent.person();
        login.open(() -> token(PinState.FINAL_TRY), person.forChange(), false);

        assertThat(calls).containsExactly("login with null");
        assertThat(person.asked()).isEmpty();
        assertThat(person.questions())
                .containsExactly(new Question.PinAtReader(TestConsent.CALLER, "test", "Card", true, false));
    }

    @Test
    void doesNotBeginWhenThePersonDoesNotWantTo() {
        TestConsent person = TestConsent.person().answering(Answer.Decision.DENY);
        ConsentGranted consent = person.forChange();
        Failure cancelled =
                catchThrowableOfType(Failure.class, () -> login.open(() -> token(PinState.OK), consent, false));

        assertThat(cancelled.kind()).isEqualTo(Failure.Kind.PIN_CANCELLED);
        assertThat(calls).isEmpty();
    }
}
