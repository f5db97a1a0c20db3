package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A client that speaks HTTP: hello and pairing have paths of their own there. */
final class HttpPeer extends Peer {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private String token = "none";

    HttpPeer(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    @Override
    CompletableFuture<JsonNode> begin(long id, String method, String params) {
        return switch (method) {
            case "hello" ->
                post("/hello", params.getBytes(StandardCharsets.UTF_8)).thenApply(HttpPeer::enveloped);
            case "client.pair" ->
                post("/pair", params.getBytes(StandardCharsets.UTF_8)).thenApply(HttpPeer::enveloped);
            default -> post("/rpc", message(id, method, params)).thenApply(HttpPeer::body);
        };
    }

    private CompletableFuture<HttpResponse<byte[]>> post(String path, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode body(HttpResponse<byte[]> response) {
        return parse(response.body());
    }

    private static JsonNode enveloped(HttpResponse<byte[]> response) {
        JsonNode body = body(response);
        return body.has("error") ? body : wrap("result", body);
    }

    @Override
    JsonNode raw(byte[] message) throws Exception {
        return body(post("/rpc", message).get());
    }

    @Override
    void tell(byte[] message) throws Exception {
        assertThat(post("/rpc", message).get().statusCode()).isEqualTo(204);
    }

    @Override
    JsonNode authenticate(String offered) throws Exception {
        token = offered;
        return call("content.create", "{}");
    }

    /** One request with raw bytes. */
    HttpResponse<byte[]> bytes(String method, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
        if (body.length > 0) {
            request.header("Content-Type", "application/octet-stream");
        }
        return http.send(
                request.method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    void subscribe() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(() -> listen(response.body()));
    }

    private void listen(Stream<String> lines) {
        try {
            lines.filter(line -> line.startsWith("data: "))
                    .map(line -> parse(line.substring(6).getBytes(StandardCharsets.UTF_8)))
                    .forEach(event -> events.add(event.get("params")));
        } catch (UncheckedIOException doorClosed) {
            events.clear();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
