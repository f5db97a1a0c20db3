package org.zegel.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import tools.jackson.databind.JsonNode;

/** Clients that change what a daemon keeps, without pause, until it is gone. */
final class KillTraffic {
    static final String ADDRESS = "keeper@kill.example";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Visitors visitors;
    private final Promises promises;
    private final TestAuthority authority;
    private final String token;
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();

    /** @param token of a client that may do everything */
    KillTraffic(Visitors visitors, Promises promises, TestAuthority authority, String token, Ledger ledger) {
        this.visitors = visitors;
        this.promises = promises;
        this.authority = authority;
        this.token = token;
        this.ledger = ledger;
    }

    @FunctionalInterface
    private interface Step {
        void take(FrameLine line) throws Exception;
    }

    void begin(long seed) {
        Random random = new Random(seed);
        start("pairs", line -> pairs(line, random));
        start("imports", this::imports);
        start("trusts", line -> trusts(line, random));
        start("signs", this::signs);
    }

    private void start(String name, Step step) {
        threads.add(Thread.ofPlatform().name(name).start(() -> {
            try (FrameLine line = visitors.socket()) {
                line.provoke();
                line.authenticate(token);
                while (true) {
                    step.take(line);
                }
            } catch (IOException killed) {
                ledger.did(name);
            } catch (Exception | AssertionError failed) {
                ledger.wrong(name + ": " + failed);
            }
        }));
    }

    void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void pairs(FrameLine line, Random random) throws Exception {
        try (FrameLine fresh = visitors.socket()) {
            fresh.provoke();
            JsonNode paired = fresh.pair("Client " + NUMBERS.incrementAndGet());
            String id = paired.get("client").stringValue();
            promises.tokens.put(id, paired.get("token").stringValue());
            promises.clients.added(id);
        }
        if (random.nextInt(3) == 0) {
            String victim = promises.clients.there().iterator().next();
            promises.clients.removing(victim);
            line.call("client.revoke", Map.of("client", victim));
            promises.clients.removed(victim);
        }
    }

    private void imports(FrameLine line) throws Exception {
        int number = NUMBERS.incrementAndGet();
        TestIdentity identity = authority.issue(
                Spec.mail("Identity " + number, "i" + number + "@kill.example").key(org.zegel.fixtures.KeyKind.P256));
        String id = sha256(identity.certificate());
        promises.identities.asked(id);
        String file = TestIdentity.pem("PRIVATE KEY", identity.privateKey().getEncoded())
                + TestIdentity.pem(identity.certificate());
        line.call("identity.import", Map.of("file", Map.of("text", file)));
        promises.identities.added(id);
    }

    private void trusts(FrameLine line, Random random) throws Exception {
        X509Certificate certificate = TestAuthority.root(
                        Spec.authority("CA " + NUMBERS.incrementAndGet()).key(org.zegel.fixtures.KeyKind.P256))
                .certificate();
        String id = sha256(certificate);
        promises.trusted.asked(id);
        line.call("trust.add", Map.of("certificate", Map.of("text", TestIdentity.pem(certificate))));
        promises.trusted.added(id);
        if (random.nextInt(3) == 0) {
            promises.trusted.removing(id);
            line.call("trust.remove", Map.of("sha256", id));
            promises.trusted.removed(id);
        }
    }

    private void signs(FrameLine line) throws Exception {
        String mail = "From: " + ADDRESS + "\r\nSubject: Still here\r\n\r\nStill here.\r\n";
        line.call("message.sign", Map.of("message", Map.of("text", mail)), Set.of());
        promises.uses.incrementAndGet();
        Map<String, ?> handle = Map.of(
                "content", line.call("content.create", Map.of()).get("content").stringValue());
        line.call(
                "content.append",
                Map.of(
                        "content",
                        handle.get("content"),
                        "base64",
                        java.util.Base64.getEncoder()
                                .encodeToString(mail.repeat(3000).getBytes(StandardCharsets.US_ASCII))));
        line.call("content.close", handle);
    }

    static String sha256(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
