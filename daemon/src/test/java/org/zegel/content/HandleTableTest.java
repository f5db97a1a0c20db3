package org.zegel.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Failure;

class HandleTableTest {
    private static final int MAX = 300_000;
    private static final int QUOTA = 500_000;
    private static final int HANDLES = 4;

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private EncryptedSpool spool;
    private HandleTable table;

    @BeforeEach
    void openTable() throws IOException {
        ContentLimits limits = new ContentLimits(MAX, 4 << 20, QUOTA, HANDLES, Duration.ofMinutes(10));
        spool = new EncryptedSpool(home.resolve("spool"), limits);
        table = new HandleTable(spool, limits, clock);
    }

    @Test
    void givesBackWhatWasAppended() throws Exception {
        byte[] bytes = EncryptedSpoolTest.random(MAX);
        String handle = table.create("a");
        assertThat(table.append("a", handle, java.util.Arrays.copyOf(bytes, 100_000)))
                .isEqualTo(100_000);
        InputStream rest = new ByteArrayInputStream(bytes, 100_000, 200_000);
        assertThat(table.append("a", handle, rest, 200_000)).isEqualTo(MAX);
        assertThat(table.open("a", handle).open().readAllBytes()).isEqualTo(bytes);
        assertThat(table.open("a", handle).size()).isEqualTo(MAX);
        table.close("a", handle);
        assertThat(spool.used()).isZero();
        assertThat(table.count()).isZero();
    }

    @Test
    void handlesAreLongAndNeverAlike() throws Failure {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String handle = table.create("a");
            assertThat(handle).matches("[A-Za-z0-9_-]{22,}");
            assertThat(seen.add(handle)).isTrue();
            table.close("a", handle);
        }
    }

    @Test
    void anotherClientsHandleLooksLikeAnUnknownOne() throws Exception {
        String handle = table.create("a");
        Failure foreign = refusal(() -> table.open("b", handle));
        Failure unknown = refusal(() -> table.open("b", "nonsense"));
        assertThat(foreign.kind()).isEqualTo(unknown.kind()).isEqualTo(Failure.Kind.CONTENT_NOT_FOUND);
        assertThat(foreign).hasMessage(unknown.getMessage());
        fails(Failure.Kind.CONTENT_NOT_FOUND, () -> table.append("b", handle, new byte[1]));
        fails(Failure.Kind.CONTENT_NOT_FOUND, () -> table.close("b", handle));
        assertThat(table.append("a", handle, new byte[1])).isEqualTo(1);
    }

    @Test
    void takesTheLongestContentAndNotOneByteMore() throws Exception {
        String handle = table.create("a");
        assertThat(table.append("a", handle, new byte[MAX])).isEqualTo(MAX);
        fails(Failure.Kind.CONTENT_TOO_LARGE, () -> table.append("a", handle, new byte[1]));
        assertThat(table.open("a", handle).size()).as("what was there stays").isEqualTo(MAX);
    }

    @Test
    void refusesADeclaredSizeBeforeReading() throws Exception {
        String handle = table.create("a");
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read although refused");
            }
        };
        fails(Failure.Kind.CONTENT_TOO_LARGE, () -> table.append("a", handle, unread, MAX + 1L));
        assertThat(table.append("a", handle, new ByteArrayInputStream(new byte[MAX]), MAX))
                .isEqualTo(MAX);
    }

    @Test
    void aStreamThatTurnsOutTooLongFreesTheContent() throws Exception {
        String handle = table.create("a");
        fails(
                Failure.Kind.CONTENT_TOO_LARGE,
                () -> table.append("a", handle, new ByteArrayInputStream(new byte[MAX + 1]), -1));
        fails(Failure.Kind.CONTENT_NOT_FOUND, () -> table.open("a", handle));
        assertThat(spool.used()).isZero();
    }

    @Test
    void holdsAClientToItsQuotaAndGivesItBack() throws Exception {
        String first = table.create("a");
        String second = table.create("a");
        table.append("a", first, new byte[MAX]);
        table.append("a", second, new byte[QUOTA - MAX]);
        fails(Failure.Kind.QUOTA_EXCEEDED, () -> table.append("a", second, new byte[1]));
        fails(Failure.Kind.QUOTA_EXCEEDED, () -> table.adopt("a", Content.of(new byte[1])));
        assertThat(table.append("b", table.create("b"), new byte[1])).isEqualTo(1);
        table.close("a", first);
        assertThat(table.append("a", second, new byte[1])).isEqualTo(QUOTA - MAX + 1);
    }

    @Test
    void holdsAClientToItsNumberOfHandles() throws Exception {
        for (int i = 0; i < HANDLES; i++) {
            table.create("a");
        }
        fails(Failure.Kind.QUOTA_EXCEEDED, () -> table.create("a"));
        fails(Failure.Kind.QUOTA_EXCEEDED, () -> table.adopt("a", Content.of(new byte[0])));
        table.create("b");
        table.closeAll("a");
        table.create("a");
        assertThat(table.count()).isEqualTo(2);
    }

    @Test
    void refusesToAppendAfterReading() throws Exception {
        String handle = table.create("a");
        table.append("a", handle, new byte[10]);
        table.open("a", handle);
        fails(Failure.Kind.INVALID_PARAMETERS, () -> table.append("a", handle, new byte[1]));
        String adopted = table.adopt("a", Content.of(new byte[1]));
        fails(Failure.Kind.INVALID_PARAMETERS, () -> table.append("a", adopted, new byte[1]));
    }

    @Test
    void expiresWhenIdleAndNotWhileInUse() throws Exception {
        String used = table.create("a");
        String idle = table.create("a");
        table.append("a", used, new byte[100_000]);
        Content lent = table.open("a", used);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(8));
            lent.open().readNBytes(1);
            table.expire();
        }
        fails(Failure.Kind.CONTENT_NOT_FOUND, () -> table.open("a", idle));
        clock.advance(Duration.ofMinutes(10).plusNanos(1));
        fails(Failure.Kind.CONTENT_NOT_FOUND, () -> table.open("a", used));
        assertThatThrownBy(lent::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThat(spool.used()).isZero();
    }

    @Test
    void aLentContentIsNotClosedByItsReader() throws Exception {
        String handle = table.create("a");
        table.append("a", handle, new byte[100_000]);
        table.open("a", handle).close();
        assertThat(table.open("a", handle).open().readAllBytes()).hasSize(100_000);
    }

    @Test
    void appendingFromManyThreadsLosesNothingAndKeepsCount() throws Exception {
        String handle = table.create("a");
        CompletableFuture<?>[] writers = new CompletableFuture<?>[8];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 100; round++) {
                    assertThat(append(handle)).isPositive();
                }
            });
        }
        CompletableFuture.allOf(writers).join();
        assertThat(table.open("a", handle).open().readAllBytes()).hasSize(8 * 100 * 300);
    }

    private long append(String handle) {
        try {
            return table.append("a", handle, new byte[300]);
        } catch (Failure | IOException thrown) {
            throw new AssertionError(thrown);
        }
    }

    private static Failure refusal(ThrowingCallable call) {
        return (Failure) org.assertj.core.api.Assertions.catchThrowable(call);
    }

    private static void fails(Failure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
