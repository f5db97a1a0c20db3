package org.zegel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.model.Failure;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;

class FailuresTest {
    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INTERNAL"})
    void everyKindHasTheCodeOfItsName(Failure.Kind kind) {
        RequestError error = Failures.toError(new Failure(kind, "words", Map.of("triesLeft", 2)));

        assertThat(error.code().name()).isEqualTo(kind.name());
        assertThat(error).hasMessage("words");
        assertThat(error.data()).containsEntry("triesLeft", 2);
    }

    @Test
    void whatNobodyExpectedSaysNothingOfItself() {
        for (Throwable thrown : new Throwable[] {
            new IllegalStateException("/home/alice/secret"),
            new IOException("/var/spool/x"),
            new OutOfMemoryError("secret"),
            new StackOverflowError("secret"),
            new Failure(Failure.Kind.INTERNAL, "secret")
        }) {
            RequestError error = Failures.toError(thrown);

            assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(error.getMessage()).doesNotContain("secret", "/var");
            assertThat(error).hasNoCause();
            assertThat(error.data()).isEmpty();
        }
    }

    @Test
    void aCauseStaysBehind() {
        RequestError error =
                Failures.toError(new Failure(Failure.Kind.IMPORT_FAILED, "words", new IOException("path")));

        assertThat(error).hasNoCause().hasMessage("words");
    }

    @Test
    void cancellingIsCancelled() {
        assertThat(Failures.toError(new CancellationException()).code()).isEqualTo(ErrorCode.CANCELLED);
    }
}
