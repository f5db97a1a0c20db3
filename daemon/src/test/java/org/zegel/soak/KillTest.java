package org.zegel.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import tools.jackson.databind.JsonNode;

/**
 * Whatever the daemon said is done is done, though it is killed at any moment; the next one starts without help. More
 * often: {@code -Dzegel.kills=200}.
 */
class KillTest {
    private static final int USUAL = 20;
    private static final int LONGEST_MILLIS = 400;
    private static final int UNHURRIED_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CHECK_KEYS_EVERY = 7;

    /** With more, a new key file is begun: all of them are used again and again, which takes the square of their time. */
    private static final int MOST_IDENTITIES = 100;

    /** Every name that a home may have in it. */
    private static final String EXPECTED = "config\\.toml|zegel\\.db(-wal|-shm)?|keys\\.p12(\\.(bak|index|lock))?"
            + "|logs|logs/daemon\\.\\d\\.log(\\.lck)?|spool|run|run/(socket|lock|http-port(\\.draft)?|start\\.log)";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Promises promises = new Promises();
    private final long seed = Long.getLong("zegel.kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestAuthority authority = TestAuthority.root("Kill CA");
    private final TestIdentity keeper = authority.issue(Spec.mail("Keeper", KillTraffic.ADDRESS));
    private Path home;
    private DaemonProcess daemon;
    private String token;
    private final Map<String, Set<String>> written = new HashMap<>();
    private long seen;
    private int unknown;

    @Test
    void whatWasAcknowledgedSurvivesEveryKill(TestReporter reporter) throws Exception {
        home = folder.resolve("home");
        DaemonProcess.configure(home);
        int kills = Integer.getInteger("zegel.kills", USUAL);
        start();
        pairKeeper();
        importKeeper();
        for (int kill = 1; kill <= kills; kill++) {
            KillTraffic traffic = new KillTraffic(visitors(), promises, authority, token, ledger);
            traffic.begin(random.nextLong());
            if (kill % UNHURRIED_EVERY == 0) {
                awaitOneOfEach();
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            daemon.kill();
            traffic.awaitEnd();
            assertThat(ledger.wrongs())
                    .as("kill %s, seed %s, %s", kill, seed, ledger)
                    .isEmpty();
            if (kill % 4 == 0) {
                killWhileStarting();
            }
            boolean anew = promises.identities.there().size() > MOST_IDENTITIES;
            if (anew) {
                loseTheKeyFile();
            }
            start();
            if (anew) {
                importKeeper();
            }
            check("kill " + kill + ", seed " + seed, kill % CHECK_KEYS_EVERY == 0 || kill == kills);
        }
        reporter.publishEntry("kills", kills + "; " + unknown + " imports cut off; " + ledger);
        daemon.close();
        assertThat(names()).doesNotContain("run/socket", "run/http-port");
        assertThat(ledger.deeds().keySet()).contains("pairs", "imports", "trusts", "signs");
    }

    /** A slow machine may be killed before anything was acknowledged, which would prove nothing. */
    private void awaitOneOfEach() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (promises.clients.there().isEmpty()
                || promises.identities.there().isEmpty()
                || promises.trusted.there().isEmpty()) {
            assertThat(System.nanoTime())
                    .as("nothing is acknowledged: %s", ledger)
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    @AfterEach
    void end() throws Exception {
        if (daemon != null) {
            daemon.kill();
        }
    }

    private void start() throws Exception {
        daemon = DaemonProcess.start(home, true, folder.resolve("said.log"));
    }

    private void loseTheKeyFile() throws IOException {
        for (String end : List.of("", ".bak", ".index", ".lock")) {
            Files.deleteIfExists(home.resolve("keys.p12" + end));
        }
        promises.identities.lost();
    }

    private void killWhileStarting() throws Exception {
        DaemonProcess starting = DaemonProcess.launch(home, true, folder.resolve("said.log"));
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        starting.kill();
    }

    private Visitors visitors() {
        return new Visitors(daemon, ledger, TestIdentity.pem(keeper.certificate()), folder.resolve("relay.log"));
    }

    private void pairKeeper() throws Exception {
        try (FrameLine line = visitors().socket()) {
            token = line.pair("Keeper").get("token").stringValue();
        }
    }

    private void importKeeper() throws Exception {
        Path p12 = keeper.writeP12(folder.resolve("keeper.p12"), Person.PASSPHRASE.toCharArray());
        try (FrameLine line = visitors().socket()) {
            line.authenticate(token);
            line.call(
                    "identity.import",
                    Map.of("file", Map.of("base64", Base64.getEncoder().encodeToString(Files.readAllBytes(p12)))));
            promises.identities.added(KillTraffic.sha256(keeper.certificate()));
        }
    }

    private void check(String when, boolean withKeys) throws Exception {
        try (FrameLine line = visitors().socket()) {
            line.authenticate(token);
            assertThat(promises.clients.differences(ids(line.call("client.list", Map.of()), "clients", "client")))
                    .as("clients after " + when)
                    .isEmpty();
            JsonNode identities = line.call("identity.list", Map.of());
            assertThat(promises.identities.differences(ids(identities, "identities", "sha256")))
                    .as("identities after " + when)
                    .isEmpty();
            assertThat(promises.trusted.differences(ids(line.call("trust.list", Map.of()), "certificates", "sha256")))
                    .as("trust after " + when)
                    .isEmpty();
            JsonNode audit = line.call("audit.verify", Map.of());
            assertThat(audit.get("whole").booleanValue())
                    .as("audit log after " + when)
                    .isTrue();
            readNewLines(line, audit.get("newest").longValue());
            assertThat((long) written.getOrDefault("message.sign", Set.of()).size())
                    .as("signatures written down after " + when)
                    .isGreaterThanOrEqualTo(promises.uses.get());
            // Also what was never acknowledged: no key or authority is there without a line.
            assertThat(written.getOrDefault("identity.import", Set.of()))
                    .as("imports written down after " + when)
                    .containsAll(ids(identities, "identities", "sha256"));
            assertThat(written.getOrDefault("trust.add", Set.of()))
                    .as("trust written down after " + when)
                    .containsAll(ids(line.call("trust.list", Map.of()), "certificates", "sha256"));
            assertThat(written.getOrDefault("client.pair", Set.of()))
                    .as("pairings written down after " + when)
                    .containsAll(ids(line.call("client.list", Map.of()), "clients", "client"));
            if (withKeys) {
                useEveryKey(line, identities, when);
            }
            assertThat(unexpected(withKeys)).as("files after " + when).isEmpty();
            assertThat(Files.list(home.resolve("spool")))
                    .as("spool after " + when)
                    .isEmpty();
        }
        authenticateOne(when);
    }

    /** What the lines since the last look are about: a certificate, a client, or nothing but themselves. */
    private void readNewLines(FrameLine line, long newest) throws Exception {
        long before = newest + 1;
        while (before > seen + 1) {
            JsonNode entries = line.call("audit.list", Map.of("before", before, "limit", 1000))
                    .get("entries");
            for (JsonNode entry : entries) {
                before = entry.get("number").longValue();
                if (before <= seen) {
                    break;
                }
                String operation = entry.get("operation").stringValue();
                String about = switch (operation) {
                    case "identity.import", "trust.add" ->
                        entry.path("certificate").asString();
                    case "client.pair" -> entry.get("client").stringValue();
                    default -> Long.toString(before);
                };
                written.computeIfAbsent(operation, key -> new TreeSet<>()).add(about);
                if (entry.get("outcome").stringValue().equals("unknown")) {
                    unknown++;
                }
            }
        }
        seen = newest;
    }

    /** One client that is still paired, whichever. */
    private void authenticateOne(String when) throws Exception {
        List<String> paired = List.copyOf(promises.clients.there());
        if (!paired.isEmpty()) {
            String id = paired.get(random.nextInt(paired.size()));
            try (FrameLine line = visitors().socket()) {
                line.authenticate(promises.tokens.get(id));
                assertThat(line.call("client.self", Map.of()).get("client").stringValue())
                        .as(when)
                        .isEqualTo(id);
            }
        }
    }

    /** The key file opens, and has every key that was promised; and a change clears what the killed one left. */
    private void useEveryKey(FrameLine line, JsonNode identities, String when) throws Exception {
        for (JsonNode identity : identities.get("identities")) {
            String id = identity.get("identity").stringValue();
            String address = identity.at("/certificate/addresses/0").asString("");
            if (address.isEmpty()) {
                continue; // The authority: keys for tests come from a pool, and one of them has its key too.
            }
            String mail = "From: " + address + "\r\nSubject: Still here\r\n\r\nStill here.\r\n";
            JsonNode signed =
                    line.call("message.sign", Map.of("message", Map.of("text", mail), "identity", id), Set.of());
            assertThat(signed.has("message")).as(when).isTrue();
            promises.uses.incrementAndGet();
        }
        TestIdentity last = authority.issue(Spec.mail("Last", "last@kill.example"));
        line.call(
                "identity.import",
                Map.of(
                        "file",
                        Map.of(
                                "text",
                                TestIdentity.pem(
                                                "PRIVATE KEY", last.privateKey().getEncoded())
                                        + TestIdentity.pem(last.certificate()))));
        promises.identities.added(KillTraffic.sha256(last.certificate()));
    }

    private static Set<String> ids(JsonNode result, String list, String field) {
        Set<String> ids = new TreeSet<>();
        result.get(list)
                .forEach(each -> ids.add((each.has(field) ? each : each.get("certificate"))
                        .get(field)
                        .stringValue()));
        return ids;
    }

    /** What should not be in the home; drafts of the key file may be there until its next change. */
    private Set<String> unexpected(boolean changed) throws IOException {
        return names().stream()
                .filter(name -> !name.matches(EXPECTED))
                .filter(name -> changed || !name.matches("keys\\.p12.*\\.tmp"))
                .collect(Collectors.toSet());
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> !path.equals(home))
                    .map(path -> home.relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
