package org.zegel.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Eight clients at three doors, for some time. */
final class Soak {
    private static final long JOIN_SECONDS = 120;

    private final Visitors visitors;
    private final Ledger ledger;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Soak(Visitors visitors, Ledger ledger, long seed) {
        this.visitors = visitors;
        this.ledger = ledger;
        this.seed = seed;
    }

    /** One step of a client, again and again. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    /** What a client does until the end. */
    @FunctionalInterface
    private interface Life {
        void live(Random random) throws Exception;
    }

    /** All are let in before the first of them misbehaves. */
    void begin() throws Exception {
        try (FrameLine line = visitors.socket()) {
            visitors.troublemakersToken(line.pair("Troublemaker").get("token").stringValue());
        }
        for (int i = 1; i <= 2; i++) {
            FrameLine line = visitors.socket();
            line.pair("Socket " + i);
            client("socket-" + i, random -> honest(line, random));
        }
        HttpLine http = visitors.http();
        http.pair("HTTP");
        client("http-1", random -> honest(http, random));
        HttpLine rude = visitors.http();
        rude.pair("Rude");
        client("http-2", random -> honestThenRude(rude, random));
        Process relay = visitors.startRelay();
        FrameLine through = visitors.relay(relay);
        String token = through.pair("Relay").get("token").stringValue();
        client("relay-1", random -> relay(relay, through, random));
        client("relay-2", random -> killsItsRelay(token, random));
        client("breaks off", random -> {
            Troublemaker trouble = new Troublemaker(visitors, random, ledger);
            repeat(40, random, trouble::breaksOff, trouble::babbles);
        });
        client("floods", random -> {
            Troublemaker trouble = new Troublemaker(visitors, random, ledger);
            repeat(150, random, trouble::floods, trouble::begs, trouble::crowds);
        });
    }

    private void client(String name, Life life) {
        Random random = new Random(seed + threads.size());
        threads.add(Thread.ofPlatform().name(name).start(() -> {
            try {
                life.live(random);
            } catch (Exception | AssertionError failed) {
                StringWriter trace = new StringWriter();
                failed.printStackTrace(new PrintWriter(trace));
                ledger.wrong(name + " ended: " + trace);
            }
        }));
    }

    private void honest(Line line, Random random) throws Exception {
        try (line) {
            Deeds deeds = visitors.deeds(line, random);
            repeat(0, random, deeds::next);
        }
    }

    private void honestThenRude(HttpLine line, Random random) throws Exception {
        try (line) {
            Deeds deeds = visitors.deeds(line, random);
            Troublemaker trouble = new Troublemaker(visitors, random, ledger);
            repeat(0, random, deeds::next, () -> trouble.leavesHttp(line));
        }
    }

    private void relay(Process relay, FrameLine line, Random random) throws Exception {
        try {
            honest(line, random);
        } finally {
            relay.destroyForcibly().waitFor();
        }
    }

    private void killsItsRelay(String token, Random random) throws Exception {
        do {
            Process relay = visitors.startRelay();
            FrameLine line = visitors.relay(relay);
            line.provoke();
            try (line) {
                if (isLetIn(line, token)) {
                    Deeds deeds = visitors.deeds(line, random);
                    for (int i = random.nextInt(6); i > 0; i--) {
                        deeds.next();
                    }
                    deeds.beginSomething();
                    line.bytes(new byte[] {100, 0, 0, 0, '{'});
                    Thread.sleep(random.nextInt(30));
                    ledger.did("killed its relay");
                }
            } catch (IOException closedOnceMore) {
                ledger.wrong("the relay ended by itself: " + closedOnceMore);
            } finally {
                relay.destroyForcibly().waitFor();
            }
            Thread.sleep(500);
        } while (!over);
    }

    /** While a crowd holds all connections the relay says that it is busy. */
    private boolean isLetIn(FrameLine line, String token) throws Exception {
        try {
            line.authenticate(token);
            return true;
        } catch (Line.Refused busy) {
            if (!busy.getMessage().startsWith("busy")) {
                throw busy;
            }
            ledger.did("was turned away");
            return false;
        }
    }

    /** Each step once, however little time there is, and then any of them until the end. */
    private void repeat(int pauseMillis, Random random, Step... steps) throws Exception {
        for (int turn = 0; turn < steps.length || !over; turn++) {
            steps[turn < steps.length ? turn : random.nextInt(steps.length)].take();
            if (pauseMillis > 0) {
                Thread.sleep(random.nextInt(pauseMillis));
            }
        }
    }

    /** Lets everybody finish what they are at. */
    void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            if (!thread.join(java.time.Duration.ofSeconds(JOIN_SECONDS))) {
                ledger.wrong(thread.getName() + " does not come to an end");
                thread.interrupt();
            }
        }
    }

    static long nanos(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
