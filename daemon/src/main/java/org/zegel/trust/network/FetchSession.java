package org.zegel.trust.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Sha256;
import org.zegel.trust.network.FetchResult.Failed;

/**
 * The fetches of one message: each thing once, all within one budget of requests and time, the cache first. For use by
 * several threads.
 */
public final class FetchSession {
    /** How long a failure is remembered. */
    static final Duration FAILURE_KEPT = Duration.ofMinutes(2);

    private final NetworkPolicy policy;
    private final HttpFetcher fetcher;
    private final FetchCache cache;
    private final Clock clock;
    private final byte[] secret = new byte[32];
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<@Nullable Deadline> deadline = new AtomicReference<>();
    private final Map<String, CompletableFuture<FetchResult>> done = new ConcurrentHashMap<>();

    FetchSession(NetworkPolicy policy, HttpFetcher fetcher, FetchCache cache, Clock clock) {
        this.policy = policy;
        this.fetcher = fetcher;
        this.cache = cache;
        this.clock = clock;
        new SecureRandom().nextBytes(secret);
    }

    /** Whether anything may be fetched at all. */
    public boolean online() {
        return !policy.offline();
    }

    /** Whether issuers that a certificate points to may be fetched. */
    public boolean fetchesIssuers() {
        return !policy.offline() && policy.issuers();
    }

    /** Fetches, from the cache where it is kept. Waits at most for what is left of the message's time. */
    public FetchResult fetch(FetchRequest request) {
        CompletableFuture<FetchResult> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<FetchResult> others = done.putIfAbsent(request.line(), mine);
        if (others != null) {
            return others.join();
        }
        FetchResult result = new Failed(FetchFailure.UNREACHABLE);
        try {
            result = kept(request).orElseGet(() -> get(request));
        } finally {
            mine.complete(result);
        }
        return result;
    }

    /** Answers are kept by what they are about, failures by how it was asked for as well. */
    private Optional<FetchResult> kept(FetchRequest request) {
        Instant now = clock.instant();
        Optional<FetchResult> answer = cache.find(request.key(), now);
        return answer.isPresent() || policy.offline() ? answer : cache.find(request.line(), now);
    }

    /** 32 bytes that nobody can guess; the same for the same thing asked twice, as it is fetched once. */
    public byte[] nonce(String about) {
        MessageDigest digest = Sha256.start();
        digest.update(secret);
        return digest.digest(about.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps what proved authentic for so long. */
    public void keep(FetchRequest request, byte[] bytes, Duration time) {
        keep(request, bytes, clock.instant().plus(time));
    }

    /** Keeps what proved authentic. */
    public void keep(FetchRequest request, byte[] bytes, Instant until) {
        Instant now = clock.instant();
        if (until.isAfter(now)) {
            cache.keep(request.key(), bytes, now, until);
        }
    }

    private FetchResult get(FetchRequest request) {
        if (policy.offline()) {
            return new Failed(FetchFailure.OFFLINE);
        }
        if (requests.incrementAndGet() > policy.messageRequests()) {
            return new Failed(FetchFailure.BUDGET_SPENT);
        }
        // The time runs from the first request: reading a large message before costs none of it.
        Deadline end = deadline.updateAndGet(set -> set == null ? Deadline.in(policy.messageTimeout()) : set);
        if (end == null || end.passed()) {
            return new Failed(FetchFailure.BUDGET_SPENT);
        }
        FetchResult result = fetcher.fetch(request, end);
        if (result instanceof Failed failed && remembered(failed.why())) {
            Instant now = clock.instant();
            cache.keep(request.line(), failed.why(), now, now.plus(FAILURE_KEPT));
        }
        return result;
    }

    private static boolean remembered(FetchFailure why) {
        return switch (why) {
            case UNREACHABLE, TIME_OUT, TOO_LARGE -> true;
            case OFFLINE, NOT_HTTP, ADDRESS_REFUSED, BUDGET_SPENT -> false;
        };
    }
}
