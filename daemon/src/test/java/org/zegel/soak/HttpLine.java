package org.zegel.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** HTTP on loopback. */
final class HttpLine extends Line {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong ids = new AtomicLong();
    private final String base;
    private volatile String token = "none";

    HttpLine(Ledger ledger, int port) {
        super(ledger);
        this.base = "http://127.0.0.1:" + port;
    }

    @Override
    Begun begin(String method, Map<String, ?> params, Set<String> expected) {
        long id = ids.incrementAndGet();
        boolean pairing = method.equals("client.pair");
        byte[] body = pairing ? bytes(params) : message(id, method, params);
        ledger.sent();
        CompletableFuture<JsonNode> answer = http.sendAsync(
                        post(pairing ? "/pair" : "/rpc", body), HttpResponse.BodyHandlers.ofByteArray())
                .handle((response, failed) -> {
                    if (failed != null) {
                        ledger.givenUp();
                        ledger.wrong(method + " over HTTP: " + failed);
                        throw new java.util.concurrent.CompletionException(new IOException("no answer", failed));
                    }
                    return taken(method, response, pairing, expected);
                });
        return new Begun(id, method, answer);
    }

    private JsonNode taken(String method, HttpResponse<byte[]> response, boolean pairing, Set<String> expected) {
        JsonNode body = parse(response.body());
        JsonNode answer = pairing && !body.has("error") ? parse(wrapped(response.body())) : body;
        ledger.answered(method, outcome(answer), expected);
        return answer;
    }

    private static byte[] wrapped(byte[] result) {
        return ("{\"result\":" + new String(result, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest post(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    void cancel(Begun call) throws IOException {
        HttpRequest request = post("/rpc", message(null, "$/cancel", Map.of("id", call.id())));
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The request as bytes, for whoever sends only half of it. */
    byte[] rawRequest(String method, Map<String, ?> params) {
        byte[] body = message(ids.incrementAndGet(), method, params);
        String head = "POST /rpc HTTP/1.1\r\nHost: " + base.substring(7) + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    int port() {
        return URI.create(base).getPort();
    }

    @Override
    void authenticate(String offered) {
        token = offered;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
