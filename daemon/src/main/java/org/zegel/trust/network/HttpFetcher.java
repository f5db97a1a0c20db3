package org.zegel.trust.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zegel.trust.network.FetchResult.Failed;
import org.zegel.trust.network.FetchResult.Fetched;

/**
 * Fetches one thing by plain HTTP. A name is resolved once and the connection goes to an address that was judged, so that
 * a name cannot change its mind in between; a redirect is a new URL and judged as one.
 */
final class HttpFetcher {
    /** Most redirects followed. */
    static final int MAX_REDIRECTS = 3;
    /** Most addresses of a name that are tried. */
    static final int MAX_ADDRESSES = 2;

    private static final int OK = 200;
    private static final int KEEPS_METHOD = 307;

    private final NetworkPolicy policy;
    private final NameResolver names;

    HttpFetcher(NetworkPolicy policy, NameResolver names) {
        this.policy = policy;
        this.names = names;
    }

    FetchResult fetch(FetchRequest first, Deadline deadline) {
        Deadline own = deadline.atMost(policy.requestTimeout());
        FetchRequest request = first;
        try {
            for (int i = 0; i <= MAX_REDIRECTS; i++) {
                List<InetAddress> addresses = allowed(resolve(request.uri().getHost(), own));
                if (addresses.isEmpty()) {
                    return new Failed(FetchFailure.ADDRESS_REFUSED);
                }
                HttpAnswer answer = exchange(addresses, request, own);
                if (answer.status() == OK) {
                    return new Fetched(answer.body(), false);
                }
                if (!answer.redirects()) {
                    return new Failed(FetchFailure.UNREACHABLE);
                }
                Optional<FetchRequest> next = redirected(request, answer);
                if (next.isEmpty()) {
                    return new Failed(FetchFailure.NOT_HTTP);
                }
                request = next.get();
            }
            return new Failed(FetchFailure.UNREACHABLE);
        } catch (TooLargeException large) {
            return new Failed(FetchFailure.TOO_LARGE);
        } catch (SocketTimeoutException slow) {
            return new Failed(FetchFailure.TIME_OUT);
        } catch (IOException | RuntimeException failed) {
            return new Failed(FetchFailure.UNREACHABLE);
        }
    }

    private HttpAnswer exchange(List<InetAddress> addresses, FetchRequest request, Deadline deadline)
            throws IOException {
        IOException last = new UnknownHostException();
        for (InetAddress address : addresses) {
            try {
                return HttpConnection.exchange(address, request, policy.connectTimeout(), deadline);
            } catch (TooLargeException large) {
                throw large;
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw last;
    }

    private List<InetAddress> allowed(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !AddressRules.impossible(address))
                .filter(address -> policy.privateAddresses() || AddressRules.isPublic(address))
                .limit(MAX_ADDRESSES)
                .toList();
    }

    /** A resolver has no time limit of its own that could be set; a thread waits for it, and we do not. */
    private List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("zegel-names").start(() -> {
            try {
                answer.complete(names.resolve(bare));
            } catch (IOException | RuntimeException unknown) {
                answer.completeExceptionally(unknown);
            }
        });
        try {
            return answer.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new SocketTimeoutException("name look-up");
        } catch (ExecutionException unknown) {
            throw new UnknownHostException();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException("interrupted");
        }
    }

    /** Where the answer points to. What was posted is not turned into a GET. */
    private static Optional<FetchRequest> redirected(FetchRequest request, HttpAnswer answer) {
        if (request.body() != null && answer.status() < KEEPS_METHOD) {
            return Optional.empty();
        }
        return answer.field("location")
                .flatMap(location -> absolute(request.uri(), location))
                .map(uri -> new FetchRequest(request.kind(), uri, request.body(), request.key()));
    }

    private static Optional<URI> absolute(URI base, String location) {
        try {
            return FetchRequest.parse(base.resolve(location).toString());
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }
}
