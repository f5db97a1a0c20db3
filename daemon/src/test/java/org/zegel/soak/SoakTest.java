package org.zegel.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import tools.jackson.databind.JsonNode;

/** Nothing is lost, doubled or left behind under mixed traffic. For longer: {@code -Dzegel.soak=5m}. */
class SoakTest {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int SAMPLES = 12;

    /** Live heap may be higher in the second half of the time than in the first by so much. */
    private static final long HEAP_MARGIN = 6 << 20;

    /** The same for resident memory, of which the JVM and the C library keep some for themselves. */
    private static final long RESIDENT_MARGIN = 40 << 20;

    /** Live heap may be higher when all have left than before they came. */
    private static final long HEAP_LEFT_MARGIN = 8 << 20;

    /** Threads of the pools of JVM and HTTP server, which stay for a while. */
    private static final long THREAD_MARGIN = 24;

    private static final long QUIET_SECONDS = 60;

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();

    private record Sample(long heap, long resident) {}

    @Test
    void everyRequestIsAnsweredOnceAndNothingIsLeftBehind(TestReporter reporter) throws Exception {
        Path home = folder.resolve("home");
        DaemonProcess.configure(home);
        TestAuthority authority = TestAuthority.root("Soak CA");
        TestIdentity alice = authority.issue(Spec.mail("Alice", Deeds.ALICE));
        try (DaemonProcess daemon = DaemonProcess.start(home, false, folder.resolve("said.log"))) {
            Visitors visitors =
                    new Visitors(daemon, ledger, TestIdentity.pem(alice.certificate()), folder.resolve("relay.log"));
            try (FrameLine keeper = visitors.socket()) {
                keeper.pair("Keeper");
                furnish(keeper, authority, alice);
                warmUp(visitors);
                Rest before = Rest.of(daemon);
                List<Sample> samples = soak(visitors, daemon);
                JsonNode status = keeper.call("daemon.status", Map.of());
                JsonNode audit = keeper.call("audit.verify", Map.of());
                reporter.publishEntry("soak", ledger + "; " + samples);
                assertThat(ledger.wrongs()).as(ledger.toString()).isEmpty();
                assertThat(ledger.open()).as("unanswered of " + ledger).isZero();
                assertThat(ledger.deeds())
                        .as("what was done: " + ledger)
                        .containsKeys(
                                "signed and opened",
                                "encrypted and opened",
                                "kept contents",
                                "carried a large message",
                                "broke off",
                                "babbled",
                                "flooded",
                                "begged",
                                "crowded",
                                "left HTTP",
                                "killed its relay");
                assertThat(status.get("contents").intValue())
                        .as("content handles")
                        .isZero();
                assertThat(audit.get("whole").booleanValue()).isTrue();
                assertThat(Files.list(home.resolve("spool"))).isEmpty();
                assertThatAllIsQuiet(daemon, before);
                assertThatMemoryIsFlat(samples);
            }
        }
    }

    /** A key imported as a person does it, and a CA that they trust. */
    private void furnish(Line line, TestAuthority authority, TestIdentity alice) throws Exception {
        Path p12 = alice.writeP12(folder.resolve("alice.p12"), Person.PASSPHRASE.toCharArray());
        line.call(
                "identity.import",
                Map.of("file", Map.of("base64", Base64.getEncoder().encodeToString(Files.readAllBytes(p12)))));
        line.call("trust.add", Map.of("certificate", Map.of("text", TestIdentity.pem(authority.certificate()))));
    }

    /** Everything once, so that what is loaded once is there before anything is counted. */
    private void warmUp(Visitors visitors) throws Exception {
        try (FrameLine line = visitors.socket();
                HttpLine http = visitors.http()) {
            line.pair("Warm");
            http.pair("Warm");
            Random random = new Random(1);
            for (int i = 0; i < 15; i++) {
                visitors.deeds(line, random).next();
                visitors.deeds(http, random).next();
            }
        }
    }

    private List<Sample> soak(Visitors visitors, DaemonProcess daemon) throws Exception {
        Duration length = length();
        Soak soak = new Soak(visitors, ledger, Long.getLong("zegel.soak.seed", System.nanoTime()));
        List<Sample> samples = new ArrayList<>();
        soak.begin();
        try {
            long begin = System.nanoTime();
            for (int i = 1; i <= SAMPLES && ledger.wrongs().isEmpty(); i++) {
                long until = begin + length.toNanos() * i / SAMPLES;
                TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
                samples.add(new Sample(daemon.liveHeap().bytes(), daemon.resident()));
            }
        } finally {
            soak.end();
        }
        return samples;
    }

    /** {@code 5m}, {@code 90s}. */
    private static Duration length() {
        String wish = System.getProperty("zegel.soak", "");
        return wish.isBlank() ? USUAL : Duration.parse("PT" + wish.toUpperCase(Locale.ROOT));
    }

    /** Waits until all that comes and goes has gone; what is still there then was left behind. */
    private static void assertThatAllIsQuiet(DaemonProcess daemon, Rest before) throws Exception {
        long end = System.nanoTime() + Soak.nanos(QUIET_SECONDS);
        List<String> left = before.leftBehind(daemon, HEAP_LEFT_MARGIN, THREAD_MARGIN);
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1000);
            left = before.leftBehind(daemon, HEAP_LEFT_MARGIN, THREAD_MARGIN);
        }
        assertThat(left).as("left behind").isEmpty();
    }

    private static void assertThatMemoryIsFlat(List<Sample> samples) {
        assertThat(samples).hasSize(SAMPLES);
        // The first samples are of a house that is still being furnished.
        List<Sample> first = samples.subList(SAMPLES / 6, SAMPLES / 2 + 1);
        List<Sample> second = samples.subList(SAMPLES / 2 + 1, SAMPLES);
        assertThat(second.stream()
                        .mapToLong(Sample::heap)
                        .sorted()
                        .skip(second.size() / 2)
                        .findFirst()
                        .orElseThrow())
                .as("live heap " + samples)
                .isLessThan(first.stream()
                                .mapToLong(Sample::heap)
                                .sorted()
                                .skip(first.size() / 2)
                                .findFirst()
                                .orElseThrow()
                        + HEAP_MARGIN);
        assertThat(second.stream().mapToLong(Sample::resident).max().orElseThrow())
                .as("resident memory " + samples)
                .isLessThan(first.stream().mapToLong(Sample::resident).max().orElseThrow() + RESIDENT_MARGIN);
    }
}
