package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.card.PivCard;
import org.zegel.fixtures.card.PivSlot;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;

/**
 * Eight threads sign while the card is taken out and put in at random. {@code -Dzegel.cards.signatures=1000} for the whole
 * proof; a short one otherwise.
 */
@Timeout(1200)
class CardStormTest extends CardFixture {
    private static final int THREADS = 8;
    private static final int WANTED = Integer.getInteger("zegel.cards.signatures", 60);

    /** Signatures before the first measure, for what is made once. */
    private static final int WARM = WANTED / 5;

    /** Between two movements of the hand, in milliseconds. */
    private static final int SHORTEST = 100;

    private static final int LONGEST = 2_500;
    private static final long HEAP_GROWTH = 8L << 20;
    private static final int FEW = 16;
    private static final long PATIENCE = Duration.ofSeconds(90).toNanos();

    private final AtomicInteger signatures = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final Map<Failure.Kind, Integer> failures = new EnumMap<>(Failure.Kind.class);
    private volatile int removals;

    @Test
    void eachCallIsACorrectSignatureOrADocumentedError() throws Exception {
        Store store = store();
        Identity signer = identity(store, PivSlot.AUTHENTICATION);
        signOrFail(store, signer);
        Measure before = storm(store, signer, WARM, 0);
        long begun = System.nanoTime();
        Measure after = storm(store, signer, WANTED, 1);

        System.out.printf(
                "%d signatures, %s, %d removals, last part %d s; before %s, after %s%n",
                signatures.get(), failures, removals, (System.nanoTime() - begun) / 1_000_000_000, before, after);
        assertThat(removals).isPositive();
        assertThat(failures.keySet()).isSubsetOf(Failure.Kind.TOKEN_REMOVED, Failure.Kind.STORE_UNAVAILABLE);
        assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
        assertThat(after.helpers()).isEqualTo(1);
        assertThat(after.handles()).isLessThan(before.handles() + FEW);
        assertThat(after.threads()).isLessThan(before.threads() + FEW);
        assertThat(after.heap()).isLessThan(before.heap() + HEAP_GROWTH);
    }

    /** What could leak. */
    private record Measure(long handles, int threads, long helpers, long heap) {
        static Measure now() throws Exception {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                System.gc();
                return new Measure(
                        open.count(),
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        modules.running(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
        }
    }

    /** Until so many signatures were made in all, and the card was taken out so often; then it is in, and signs. */
    private Measure storm(Store store, Identity signer, int wanted, int least) throws Exception {
        Random hand = new Random(WANTED + wanted);
        int removed = removals + least;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                all.add(threads.submit(() -> {
                    while (signatures.get() < wanted || removals < removed) {
                        if (!signOrFail(store, signer)) {
                            Thread.sleep(20);
                        }
                    }
                    return true;
                }));
            }
            while (!all.stream().allMatch(Future::isDone)) {
                Thread.sleep(hand.nextInt(SHORTEST, LONGEST));
                if (rig.reader(0).holdsCard()) {
                    rig.reader(0).remove();
                    removals++;
                } else {
                    rig.reader(0).insertSoon(card);
                }
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        if (!rig.reader(0).holdsCard()) {
            rig.reader(0).insertSoon(card);
        }
        long end = System.nanoTime() + PATIENCE;
        while (!signOrFail(store, signer)) {
            assertThat(System.nanoTime()).as("signs at last").isLessThan(end);
            Thread.sleep(100);
        }
        return Measure.now();
    }

    private boolean signOrFail(Store store, Identity signer) throws Exception {
        byte[] message =
                ByteBuffer.allocate(4).putInt(messages.incrementAndGet()).array();
        TestConsent person = TestConsent.person(PIN, PIN, PIN, PIN, PIN, PIN);
        try (BoundKey key = store.bind(signer, person.forKeyUse(signer))) {
            byte[] signature = key.sign(RSA_SHA256, message);
            assertThat(verifies(signer, message, signature)).isTrue();
            signatures.incrementAndGet();
            return true;
        } catch (Failure failed) {
            synchronized (failures) {
                failures.merge(failed.kind(), 1, Integer::sum);
            }
            return false;
        }
    }
}
