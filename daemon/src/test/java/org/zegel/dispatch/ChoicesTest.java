package org.zegel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.operation.SignatureForm;

class ChoicesTest {
    @Test
    void nothingSaidIsDetachedSha256AndPkcs1() throws Failure {
        assertThat(Choices.form(null, null, null)).isEqualTo(SignatureForm.DEFAULT);
        assertThat(Choices.oaep(null)).isFalse();
        assertThat(Choices.cipher(null)).isNull();
    }

    @Test
    void readsTheProtocolsWords() throws Failure {
        assertThat(Choices.form("opaque", "sha512", "pss")).isEqualTo(new SignatureForm(true, Digest.SHA512, true));
        assertThat(Choices.oaep("oaep")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void everyCipherHasAWordThatIsReadBack(ContentCipher cipher) throws Failure {
        assertThat(Choices.cipher(cipher.word())).isEqualTo(cipher);
    }

    @Test
    void otherWordsAreRefusedWithThoseThereAre() {
        assertRefused(() -> Choices.form("attached", null, null), "mode", "detached", "opaque");
        assertRefused(() -> Choices.form(null, "SHA256", null), "digest", "sha256");
        assertRefused(() -> Choices.form(null, null, ""), "scheme", "pss");
        assertRefused(() -> Choices.cipher("des3"), "cipher", "aes256-gcm");
        assertRefused(() -> Choices.oaep("rsa"), "keyTransport", "oaep");
        assertRefused(() -> Choices.headers("some"), "headers", "shy");
    }

    @Test
    void addressesAreReadWithinTheLimit() throws Failure {
        List<String> most = Collections.nCopies(Choices.MAX_ADDRESSES, "a@example.org");

        assertThat(Choices.addresses("to", most)).hasSize(Choices.MAX_ADDRESSES);
        assertRefused(
                () -> Choices.addresses("to", Collections.nCopies(Choices.MAX_ADDRESSES + 1, "a@example.org")), "to");
        assertRefused(() -> Choices.addresses("to", List.of("a@example.org, b@example.org")), "to");
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_PARAMETERS);
            assertThat(failure.getMessage()).contains(words);
        });
    }
}
