package org.zegel.app.throwaway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.consent.PairingCode;
import org.zegel.model.Door;
import org.zegel.model.Progress;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.Methods;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;

/** What a page's script does at the HTTP door: pair at /pair, then speak at /rpc and /content with the token. */
public final class HttpVisitor implements Backend {
    /** The page that it is. */
    public static final String ORIGIN = "https://webmail.example";

    /** Visitors that share a pairing must not share ids. */
    private static final AtomicLong IDS = new AtomicLong();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private @Nullable String token;

    /** @param port where the door listens on 127.0.0.1 */
    public HttpVisitor(int port) {
        base = URI.create("http://127.0.0.1:" + port);
    }

    /** Where it meets the daemon, for pairing. */
    public PairingCode.Place place() {
        return new PairingCode.Place(Door.HTTP, ORIGIN, base.getPort());
    }

    /** Speaks as the paired client from now on. */
    public void useToken(String value) {
        token = value;
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        Class<? extends Result> type = Methods.of(request).method().result();
        return switch (request) {
            case SessionRequest.Hello hello -> JsonCodec.readResult(type, post("/hello", JsonCodec.write(hello)));
            case SessionRequest.Pair pair -> JsonCodec.readResult(type, post("/pair", JsonCodec.write(pair)));
            default -> rpc(type, request);
        };
    }

    /** PUT /content: raw bytes under a new handle. */
    public String put(byte[] bytes) throws RequestError {
        byte[] answer = send(request("/content")
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        return JsonCodec.readResult(ContentResult.Created.class, answer).content();
    }

    /** GET /content/{id}: raw bytes. */
    public byte[] get(String handle) throws RequestError {
        return send(request("/content/" + handle).GET());
    }

    /** PUT /content: a whole file under a new handle. */
    public String put(Path file) throws RequestError, IOException {
        byte[] answer = send(request("/content")
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofFile(file)));
        return JsonCodec.readResult(ContentResult.Created.class, answer).content();
    }

    /** GET /content/{id}: into a file. */
    public void get(String handle, Path file) throws RequestError {
        send(request("/content/" + handle).GET(), HttpResponse.BodyHandlers.ofFile(file));
    }

    @Override
    public void close() {
        http.close();
    }

    private <T extends Result> T rpc(Class<T> type, Request request) throws RequestError {
        byte[] call = JsonRpcClient.call(new CallId.Number(IDS.incrementAndGet()), request);
        return switch (JsonRpcClient.parse(post("/rpc", call))) {
            case JsonRpcClient.Answer.Success success -> JsonRpcClient.read(type, success.result());
            case JsonRpcClient.Answer.Failed failed -> throw failed.error();
            case JsonRpcClient.Answer.Happened ignored ->
                throw new RequestError(ErrorCode.INTERNAL_ERROR, "The HTTP door answered a call with an event.");
        };
    }

    private byte[] post(String path, byte[] json) throws RequestError {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Origin", ORIGIN);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest.Builder request) throws RequestError {
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> T send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws RequestError {
        try {
            HttpResponse<T> answer = http.send(request.build(), handler);
            if (answer.statusCode() / 100 != 2) {
                throw new RequestError(
                        ErrorCode.INTERNAL_ERROR, "The HTTP door answered with status " + answer.statusCode() + ".");
            }
            return answer.body();
        } catch (IOException gone) {
            throw new RequestError(ErrorCode.BUSY, "The HTTP door does not answer.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new RequestError(ErrorCode.CANCELLED, "Stopped.");
        }
    }
}
