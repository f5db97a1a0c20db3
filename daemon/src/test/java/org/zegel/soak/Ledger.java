package org.zegel.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The account of all requests: each is answered once, or given up by a client that hung up. */
final class Ledger {
    /** Answers that a busy house or its person may give at any time. */
    private static final Set<String> USUAL =
            Set.of("result", "busy", "consent-denied", "consent-timeout", "cancelled", "quota-exceeded");

    private static final int MAX_TOLD = 20;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> deeds = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();

    void sent() {
        sent.incrementAndGet();
    }

    /** The one answer came; {@code outcome} is {@code result} or the code of the error. */
    void answered(String method, String outcome, Set<String> alsoExpected) {
        answered.incrementAndGet();
        outcomes.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
        if (!USUAL.contains(outcome) && !alsoExpected.contains(outcome)) {
            wrong(method + " was answered with " + outcome);
        }
    }

    /** The client hung up before the answer. */
    void givenUp() {
        givenUp.incrementAndGet();
    }

    /** Something a client did was done to the end and came out right. */
    void did(String deed) {
        deeds.computeIfAbsent(deed, _ -> new LongAdder()).increment();
    }

    void wrong(String what) {
        wrongs.add(what);
    }

    List<String> wrongs() {
        return new ArrayList<>(wrongs).subList(0, Math.min(MAX_TOLD, wrongs.size()));
    }

    long sentSoFar() {
        return sent.get();
    }

    /** Requests that are neither answered nor given up. */
    long open() {
        return sent.get() - answered.get() - givenUp.get();
    }

    Map<String, Long> deeds() {
        return sums(deeds);
    }

    @Override
    public String toString() {
        return sent + " requests, " + answered + " answered, " + givenUp + " given up; " + sums(outcomes) + "; "
                + sums(deeds);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }
}
