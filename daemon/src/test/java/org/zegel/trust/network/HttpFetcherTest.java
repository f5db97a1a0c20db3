package org.zegel.trust.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.trust.network.FetchResult.Failed;
import org.zegel.trust.network.FetchResult.Fetched;

/** The fetcher against a server that answers with these very bytes. */
class HttpFetcherTest {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final NetworkPolicy LOCAL =
            NetworkPolicy.DEFAULT.withPrivateAddresses(true).withTimeouts(PATIENCE, PATIENCE, PATIENCE);

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private ServerSocket server;

    private interface Answer {
        void write(OutputStream out) throws Exception;
    }

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                heads.add(head(socket.getInputStream()));
                Answer answer = answers.removeFirst();
                answer.write(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (Exception gone) {
                continue;
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private HttpFetcherTest answering(String text) {
        answers.add(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
        return this;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private static FetchRequest request(String url) {
        return FetchRequest.get(FetchRequest.Kind.OCSP, FetchRequest.parse(url).orElseThrow());
    }

    private FetchResult fetch() {
        return fetch(LOCAL, NameResolver.system(), url("/file"));
    }

    private static FetchResult fetch(NetworkPolicy policy, NameResolver names, String url) {
        return new HttpFetcher(policy, names).fetch(request(url), Deadline.in(Duration.ofSeconds(20)));
    }

    private static void assertBody(FetchResult result, String body) {
        assertThat(result).isInstanceOf(Fetched.class);
        assertThat(new String(((Fetched) result).bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo(body);
    }

    private static void assertFailed(FetchResult result, FetchFailure why) {
        assertThat(result).isEqualTo(new Failed(why));
    }

    @Test
    void readsABodyOfKnownLength() {
        assertBody(
                answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more")
                        .fetch(),
                "hello");
        assertThat(heads.getFirst())
                .startsWith("GET /file HTTP/1.1\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                .contains("Connection: close\r\n")
                .doesNotContain("Cookie", "Upgrade", "Referer");
    }

    @Test
    void readsChunksAndBodiesUpToTheEnd() {
        assertBody(
                answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\n\r\n")
                        .fetch(),
                "hello!");
        assertBody(answering("HTTP/1.0 200 OK\r\n\r\nto the end").fetch(), "to the end");
        assertBody(
                answering("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                        .fetch(),
                "ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 No\r\n\r\n",
                "HTTP/1.1 204 Nothing\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n0123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\nxx",
                ""
            })
    void whatIsNotAnAnswerIsUnreachable(String text) {
        assertFailed(answering(text).fetch(), FetchFailure.UNREACHABLE);
    }

    @Test
    void readsAsMuchAsAllowedAndNotOneByteMore() {
        int max = FetchRequest.Kind.OCSP.maxBytes();
        assertBody(answering("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(max)).fetch(), "x".repeat(max));
        assertFailed(answering("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(max + 1)).fetch(), FetchFailure.TOO_LARGE);
        assertFailed(
                answering("HTTP/1.1 200 OK\r\nContent-Length: " + (max + 1) + "\r\n\r\n")
                        .fetch(),
                FetchFailure.TOO_LARGE);
        assertFailed(
                answering("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n")
                        .fetch(),
                FetchFailure.TOO_LARGE);
        String chunk = Integer.toHexString(max) + "\r\n" + "x".repeat(max) + "\r\n";
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertBody(answering(head + chunk + "0\r\n\r\n").fetch(), "x".repeat(max));
        assertFailed(answering(head + chunk + "1\r\nx\r\n0\r\n\r\n").fetch(), FetchFailure.TOO_LARGE);
        assertFailed(answering(head + "7fffffff\r\n").fetch(), FetchFailure.TOO_LARGE);
    }

    @Test
    void aHeaderWithoutEndIsCutOff() {
        answers.add(out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] field = ("X: " + "y".repeat(500) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100_000; i++) {
                out.write(field);
            }
        });
        assertFailed(fetch(), FetchFailure.UNREACHABLE);
    }

    @Test
    void drippingGainsNoTime() {
        answers.add(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        });
        long start = System.nanoTime();
        assertFailed(fetch(), FetchFailure.TIME_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.plusSeconds(3));
    }

    @Test
    void followsAFewRedirects() {
        answering("HTTP/1.1 302 Found\r\nLocation: /two\r\nContent-Length: 0\r\n\r\n");
        answering("HTTP/1.1 301 Moved\r\nLocation: " + url("/three") + "\r\nContent-Length: 0\r\n\r\n");
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertBody(fetch(), "ok");
        assertThat(heads).extracting(head -> head.split(" ", 3)[1]).containsExactly("/file", "/two", "/three");
        for (int i = 0; i <= HttpFetcher.MAX_REDIRECTS; i++) {
            answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        }
        assertFailed(fetch(), FetchFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/", "file:///etc/passwd", "http://user@127.0.0.1/", "::", "http:///x"})
    void redirectsElsewhereAreRefused(String location) {
        answering("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        assertFailed(fetch(), FetchFailure.NOT_HTTP);
    }

    @Test
    void aRedirectToALocalAddressIsRefusedThoughTheFirstWasPublic() {
        // The public place is played by the test's server: the resolver's answer is where the connection goes.
        NetworkPolicy strict = LOCAL.withPrivateAddresses(false);
        Map<String, String> zone = Map.of("inside.example", "192.168.7.7", "metadata.example", "169.254.169.254");
        for (String name : List.of("inside.example", "metadata.example", "127.0.0.1", "localhost", "[::1]")) {
            assertFailed(
                    fetch(
                            strict,
                            host -> List.of(InetAddress.getByName(zone.getOrDefault(host, host))),
                            "http://" + name + ":" + server.getLocalPort() + "/"),
                    FetchFailure.ADDRESS_REFUSED);
        }
        assertThat(heads).isEmpty();
    }

    @Test
    void odderSpellingsOfLocalAddressesAreRefusedToo() {
        NetworkPolicy strict = LOCAL.withPrivateAddresses(false);
        for (String name : List.of("127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]")) {
            String url = "http://" + name + ":" + server.getLocalPort() + "/";
            // Some of these are no URLs' hosts or no names anywhere, which will do.
            if (FetchRequest.parse(url).isPresent()) {
                assertThat(fetch(strict, NameResolver.system(), url))
                        .as(name)
                        .isIn(new Failed(FetchFailure.ADDRESS_REFUSED), new Failed(FetchFailure.UNREACHABLE));
            }
        }
        assertThat(heads).isEmpty();
    }

    @Test
    void aNameIsResolvedOnceAndItsAddressUsed() {
        AtomicInteger asked = new AtomicInteger();
        // The first answer leads to the server, a second one would lead nowhere.
        NameResolver rebinding =
                host -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "192.0.2.1"));
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertBody(fetch(LOCAL, rebinding, "http://crl.example:" + server.getLocalPort() + "/a?b=c"), "ok");
        assertThat(asked).hasValue(1);
        assertThat(heads.getFirst())
                .startsWith("GET /a?b=c HTTP/1.1\r\nHost: crl.example:" + server.getLocalPort() + "\r\n");
    }

    @Test
    void aResolverThatHangsCostsNoMoreThanTheTime() {
        NameResolver hanging = host -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        assertFailed(fetch(LOCAL, hanging, "http://slow.example/"), FetchFailure.TIME_OUT);
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        String closed = url("/");
        server.close();
        assertFailed(fetch(LOCAL, NameResolver.system(), closed), FetchFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/",
                "ftp://example.org/",
                "ldap://example.org/cn=x",
                "http:example",
                "http://",
                "http://user:secret@example.org/",
                "http://example.org:0/",
                "http://example.org:99999/",
                "http://example.org/a b",
                "http://example.org/\r\nX: y",
                "//example.org/",
                ""
            })
    void theseUrlsAreNotFetched(String url) {
        assertThat(FetchRequest.parse(url)).isEmpty();
    }

    @Test
    void aUrlAsLongAsAllowedAndOneLonger() {
        String start = "http://example.org/";
        String longest = start + "x".repeat(FetchRequest.MAX_URL - start.length());
        assertThat(FetchRequest.parse(longest)).isPresent();
        assertThat(FetchRequest.parse(longest + "x")).isEmpty();
    }
}
