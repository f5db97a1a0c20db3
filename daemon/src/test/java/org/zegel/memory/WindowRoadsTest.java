package org.zegel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.Main;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.consent.dialog.VirtualDisplay;
import org.zegel.door.TestDaemon;
import org.zegel.door.nativemessaging.Relay;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Door;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.StoreRequest;
import tools.jackson.databind.JsonNode;

/**
 * As {@link LiveObjectsTest}, for callers without a terminal: a page over HTTP and an extension through the real relay.
 * The person is asked in the daemon's own windows, on a real display, and types on its keyboard.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class WindowRoadsTest {
    private static final String PAGE = "https://mail.example";
    private static final String EXTENSION = "chrome-extension://pdmngbbajjiblinhomfkfjeelgdlhgff/";
    private static final TestIdentity ALICE =
            TestAuthority.root("Windows").issue(Spec.mail("Alice", "alice@example.org"));

    private static final String FIRST = Needles.random();
    private static final String WRONG = Needles.random();
    private static final String BODY = Needles.random();
    private static final String SUBJECT = Needles.random();
    private static final Needles SECRETS = new Needles()
            .add("passphrase", FIRST)
            .add("wrong passphrase", WRONG)
            .add("text of the message", BODY)
            .add("subject of the message", SUBJECT);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static VirtualDisplay display;
    private static LiveDaemon daemon;
    private static String passphrase = FIRST;
    private static String ofPage;
    private static String ofExtension;

    @BeforeAll
    static void start() throws Exception {
        display = VirtualDisplay.start(folder, "1024x768x24");
        try (PreparedHome home = new PreparedHome(folder.resolve("home"), FIRST)) {
            home.add(ALICE, folder);
            ofPage = home.pair(Door.HTTP, PAGE);
            ofExtension = home.pair(Door.NATIVE_MESSAGING, EXTENSION);
        }
        Files.writeString(folder.resolve("home/config.toml"), "[consent]\ntimeout-seconds = 600\n");
        daemon = LiveDaemon.start(folder, Map.of("DISPLAY", display.name()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (daemon != null) {
            daemon.close();
        }
        display.close();
    }

    @Test
    void afterAPageHasSignedAndOpenedNothingIsLeft() throws Exception {
        signAndOpen(WindowRoadsTest::overHttp);
    }

    @Test
    void afterAnExtensionHasSignedAndOpenedNothingIsLeft() throws Exception {
        try (DaemonClient client = new DaemonClient(new RelayLine(), (name, data) -> {})) {
            client.call(new SessionRequest.Hello(null, ofExtension, null, null));
            signAndOpen(client::call);
        }
    }

    @Test
    void afterAWrongPassphraseNothingIsLeft() throws Exception {
        overHttp(new StoreRequest.Lock(null));
        CompletableFuture<JsonNode> refused = begin(WindowRoadsTest::overHttp, sign());
        daemon.tell("click once");
        daemon.tell("type secret " + WRONG);
        daemon.tell("enter");
        assertThatThrownBy(() -> refused.get(120, TimeUnit.SECONDS))
                .rootCause()
                .isInstanceOfSatisfying(
                        RequestError.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.PIN_INCORRECT));
        assertThat(daemon.left(SECRETS)).isEmpty();
    }

    @Test
    void afterANewPassphraseWasTypedTwiceNothingIsLeft() throws Exception {
        overHttp(new StoreRequest.Lock(null));
        CompletableFuture<JsonNode> changed = begin(WindowRoadsTest::overHttp, new StoreRequest.ChangePassphrase(null));
        daemon.tell("click once");
        String next = Needles.random();
        SECRETS.add("new passphrase", next);
        daemon.tell("type secret " + passphrase);
        daemon.tell("enter");
        daemon.tell("type secret " + next);
        daemon.tell("type repeat " + next);
        daemon.tell("enter");
        changed.get(120, TimeUnit.SECONDS);
        passphrase = next;
        assertThat(daemon.left(SECRETS)).isEmpty();
    }

    @Test
    void afterAPassphraseWasPastedNothingIsLeft() throws Exception {
        overHttp(new StoreRequest.Lock(null));
        CompletableFuture<JsonNode> signed = begin(WindowRoadsTest::overHttp, sign());
        Process manager = display.begin(PassphraseManager.class);
        manager.getOutputStream().write((passphrase + "\n").getBytes(StandardCharsets.US_ASCII));
        manager.getOutputStream().flush();
        assertThat(manager.getInputStream().read()).isEqualTo('.');
        daemon.tell("click once");
        daemon.tell("paste secret");
        daemon.tell("enter");
        assertThat(signed.get(120, TimeUnit.SECONDS).toString()).contains(BODY);
        manager.getOutputStream().close();
        assertThat(daemon.left(SECRETS)).isEmpty();
    }

    /** A program of the person's that has a passphrase on the clipboard until its input ends. */
    static final class PassphraseManager {
        private PassphraseManager() {}

        public static void main(String[] arguments) throws Exception {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(in.readLine()), null);
            System.out.print('.');
            System.out.flush();
            in.readLine();
            System.exit(0);
        }
    }

    /** Carries a call and gives its result. */
    @FunctionalInterface
    private interface Road {
        JsonNode call(Request request) throws Exception;
    }

    private static void signAndOpen(Road road) throws Exception {
        road.call(new StoreRequest.Lock(null));
        CompletableFuture<JsonNode> signed = begin(road, sign());
        daemon.tell("click once");
        daemon.tell("type secret " + passphrase);
        assertThat(SECRETS.isIn(daemon.dump()))
                .as("while it stands in the window, so that the search can find")
                .isTrue();
        daemon.tell("enter");
        assertThat(signed.get(120, TimeUnit.SECONDS).toString()).contains(BODY);

        ContentRef encrypted = JsonRpcClient.read(MessageResult.Messages.class, road.call(encrypt()))
                .messages()
                .getFirst()
                .message();
        road.call(new StoreRequest.Lock(null));
        CompletableFuture<JsonNode> opened = begin(road, new MessageRequest.Open(encrypted, true, null));
        daemon.tell("click once");
        daemon.tell("type secret " + passphrase);
        daemon.tell("enter");
        assertThat(opened.get(120, TimeUnit.SECONDS).toString()).contains(BODY, SUBJECT);
        assertThat(daemon.left(SECRETS)).isEmpty();
    }

    private static Request sign() {
        return new MessageRequest.Sign(ContentRef.ofText(message()), null, null, null, null, null, null);
    }

    private static Request encrypt() {
        return MessageRequest.Encrypt.of(ContentRef.ofText(message()))
                .to(List.of(ContentRef.ofText(TestIdentity.pem(ALICE.certificate()))));
    }

    private static String message() {
        return "From: alice@example.org\r\nTo: alice@example.org\r\nSubject: " + SUBJECT
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nIt is " + BODY + ".\r\n";
    }

    private static JsonNode overHttp(Request request) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/rpc"))
                .header("Origin", PAGE)
                .header("Authorization", "Bearer " + ofPage)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonRpcClient.call(new CallId.Number(1), request)))
                .build();
        byte[] answer = HTTP.send(post, HttpResponse.BodyHandlers.ofByteArray()).body();
        return switch (JsonRpcClient.parse(answer)) {
            case JsonRpcClient.Answer.Success success -> success.result();
            case JsonRpcClient.Answer.Failed failed -> throw failed.error();
            case JsonRpcClient.Answer.Happened event -> throw new AssertionError(event.name());
        };
    }

    private static CompletableFuture<JsonNode> begin(Road road, Request request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return road.call(request);
                    } catch (Exception failed) {
                        throw new CompletionException(failed);
                    }
                },
                Thread::startVirtualThread);
    }

    /** The relay as a browser starts it. */
    private static final class RelayLine implements Relay.Line {
        private final Process process;

        RelayLine() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(TestDaemon.java(Main.class, "native-host", EXTENSION))
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("ZEGEL_HOME", folder.resolve("home").toString());
            process = builder.start();
        }

        @Override
        public InputStream in() {
            return process.getInputStream();
        }

        @Override
        public OutputStream out() {
            return process.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
        }
    }
}
