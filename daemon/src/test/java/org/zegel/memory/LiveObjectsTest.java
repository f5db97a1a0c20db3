package org.zegel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.client.Pairing;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.consent.PairingCode;
import org.zegel.consent.dialog.Pty;
import org.zegel.door.TestParts;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Scope;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;

/**
 * A real daemon, a person at a real pseudo-terminal, and a dump of the daemon's live objects after each answer: no
 * passphrase, no clear text and, once locked, no private key is among them.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class LiveObjectsTest {
    private static final String YES_OR_NO = "(d):";
    private static final String ORIGIN = "https://mail.example";
    private static final TestIdentity ALICE =
            TestAuthority.root("Memory").issue(Spec.mail("Alice", "alice@example.org"));

    private static final String FILE = Needles.random();
    private static final String WRONG = Needles.random();
    private static final String EXPORT = Needles.random();
    private static final String BODY = Needles.random();
    private static final String SUBJECT = Needles.random();
    private static final Needles SECRETS = new Needles()
            .add("passphrase of the imported file", FILE)
            .add("wrong passphrase", WRONG)
            .add("passphrase of the exported file", EXPORT)
            .add("text of the message", BODY)
            .add("subject of the message", SUBJECT);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static LiveDaemon daemon;
    private static Pty terminal;
    private static DaemonClient client;
    private static String passphrase;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        terminal = new Pty();
        token = pairAtTheHttpDoor();
        daemon = LiveDaemon.start(folder, Map.of());
        client = daemon.connect();
        client.call(SessionResult.Hello.class, new SessionRequest.Hello(null, null, null, terminal.device()));
        CompletableFuture<SessionResult.Pairing> pairing = begin(() -> Pairing.pair(
                new DaemonBackend(client),
                "Memory test",
                EnumSet.allOf(Scope.class),
                new PairingCode.Place(Door.SOCKET, null, null),
                code -> {}));
        terminal.answer(YES_OR_NO, "a");
        client.call(
                SessionResult.Hello.class,
                new SessionRequest.Hello(null, pairing.get(60, TimeUnit.SECONDS).token(), null, terminal.device()));
        passphrase = remembered("first passphrase");
        CompletableFuture<StoreResult.Identities> imported = begin(() -> client.call(
                StoreResult.Identities.class,
                new StoreRequest.ImportIdentity(ContentRef.ofBytes(
                        Files.readAllBytes(ALICE.writeP12(folder.resolve("alice.p12"), FILE.toCharArray()))))));
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("file", FILE);
        terminal.answer("New passphrase", passphrase);
        terminal.answer("Once more", passphrase);
        assertThat(imported.get(60, TimeUnit.SECONDS).identities()).hasSize(1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        terminal.close();
    }

    @Test
    void theSearchFindsWhatIsThere() throws Exception {
        HeapDump dump = daemon.dump();
        assertThat(new Needles().add("bytes", DumpingDaemon.CONTROL).in(dump))
                .singleElement()
                .asString()
                .contains("DumpingDaemon");
        assertThat(new Needles()
                        .add("characters", new String(DumpingDaemon.CONTROL_CHARACTERS))
                        .in(dump))
                .anyMatch(line -> line.contains("UTF-16BE") && line.contains("CONTROL_CHARACTERS"));
        // The name of a client that is there is a String of the daemon.
        assertThat(new Needles().add("", "alice@example.org").isIn(dump)).isTrue();
    }

    @Test
    void afterAnImportNothingIsLeft() throws Exception {
        nothingIsLeft();
    }

    @Test
    void afterSigningNothingIsLeft() throws Exception {
        lock();
        CompletableFuture<MessageResult.Message> signed = begin(LiveObjectsTest::sign);
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", passphrase);
        assertThat(text(signed.get(60, TimeUnit.SECONDS).message())).contains(BODY);
        nothingIsLeft();
    }

    @Test
    void afterDecryptingNothingIsLeft() throws Exception {
        ContentRef encrypted = client.call(
                        MessageResult.Messages.class,
                        MessageRequest.Encrypt.of(ContentRef.ofText(message()))
                                .to(List.of(ContentRef.ofText(TestIdentity.pem(ALICE.certificate())))))
                .messages()
                .getFirst()
                .message();
        lock();
        CompletableFuture<MessageResult.Opened> opened =
                begin(() -> client.call(MessageResult.Opened.class, new MessageRequest.Open(encrypted, true, null)));
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", passphrase);
        assertThat(text(opened.get(60, TimeUnit.SECONDS).content()))
                .contains(BODY)
                .contains(SUBJECT);
        nothingIsLeft();
    }

    @Test
    void afterDecryptingThroughHandlesNothingIsLeft() throws Exception {
        String handle = client.upload(new ByteArrayInputStream(message().getBytes(StandardCharsets.US_ASCII)));
        ContentRef encrypted = client.call(
                        MessageResult.Messages.class,
                        MessageRequest.Encrypt.of(ContentRef.ofHandle(handle))
                                .to(List.of(ContentRef.ofText(TestIdentity.pem(ALICE.certificate())))))
                .messages()
                .getFirst()
                .message();
        client.free(handle);
        assertThat(text(encrypted)).doesNotContain(BODY);
        nothingIsLeft();
    }

    @Test
    void afterAnExportNothingIsLeft() throws Exception {
        lock();
        String identity = client.call(StoreResult.Identities.class, new StoreRequest.ListIdentities(null))
                .identities()
                .getFirst()
                .identity();
        CompletableFuture<StoreResult.Exported> exported =
                begin(() -> client.call(StoreResult.Exported.class, new StoreRequest.ExportIdentity(identity)));
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", passphrase);
        terminal.answer("New passphrase", EXPORT);
        terminal.answer("Once more", EXPORT);
        assertThat(exported.get(60, TimeUnit.SECONDS).file().base64()).isNotEmpty();
        nothingIsLeft();
    }

    @Test
    void afterAChangeOfThePassphraseNothingIsLeft() throws Exception {
        String next = remembered("next passphrase");
        CompletableFuture<SessionResult.Done> changed =
                begin(() -> client.call(SessionResult.Done.class, new StoreRequest.ChangePassphrase(null)));
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", passphrase);
        terminal.answer("New passphrase", next);
        terminal.answer("Once more", next);
        assertThat(changed.get(60, TimeUnit.SECONDS).done()).isTrue();
        passphrase = next;
        nothingIsLeft();
    }

    @Test
    void afterAWrongPassphraseNothingIsLeft() throws Exception {
        lock();
        CompletableFuture<MessageResult.Message> signed = begin(LiveObjectsTest::sign);
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", WRONG);
        fails(signed, ErrorCode.PIN_INCORRECT);
        nothingIsLeft();
    }

    @Test
    void afterACancelledQuestionNothingIsLeft() throws Exception {
        lock();
        CompletableFuture<MessageResult.Message> denied = begin(LiveObjectsTest::sign);
        terminal.answer(YES_OR_NO, "d");
        fails(denied, ErrorCode.CONSENT_DENIED);
        CompletableFuture<MessageResult.Message> cancelled = begin(LiveObjectsTest::sign);
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", "");
        fails(cancelled, ErrorCode.PIN_CANCELLED);
        nothingIsLeft();
    }

    @Test
    void whatIsLockedHasNoPrivateKeyInMemory() throws Exception {
        lock();
        CompletableFuture<MessageResult.Message> signed = begin(LiveObjectsTest::sign);
        terminal.answer(YES_OR_NO, "a");
        terminal.answer("assphrase of", passphrase);
        signed.get(60, TimeUnit.SECONDS);
        assertThat(Needles.ofKey(ALICE).isIn(daemon.dump()))
                .as("the key file is open, so that the search can find")
                .isTrue();
        lock();
        // The JDK's own traces of the key go a moment later.
        assertThat(daemon.left(Needles.ofKey(ALICE))).isEmpty();
    }

    @Test
    void afterCallsAndTransfersOverHttpNothingIsLeft() throws Exception {
        String encrypt = new String(
                JsonRpcClient.call(
                        new CallId.Number(1),
                        MessageRequest.Encrypt.of(ContentRef.ofText(message()))
                                .to(List.of(ContentRef.ofText(TestIdentity.pem(ALICE.certificate()))))),
                StandardCharsets.UTF_8);
        assertThat(http("POST", "/rpc", "application/json", encrypt)).contains("enveloped-data");
        String open = new String(
                JsonRpcClient.call(
                        new CallId.Number(2), new MessageRequest.Open(ContentRef.ofText(message()), true, null)),
                StandardCharsets.UTF_8);
        assertThat(http("POST", "/rpc", "application/json", open)).contains(BODY);
        String created = http("PUT", "/content", "application/octet-stream", message());
        String handle = created.replaceAll(".*\"content\":\"([^\"]+)\".*", "$1");
        assertThat(http("GET", "/content/" + handle, "", "")).contains(BODY);
        assertThat(http("PUT", "/content/" + handle, "application/octet-stream", message()))
                .contains("error");
        http(
                "POST",
                "/rpc",
                "application/json",
                new String(
                        JsonRpcClient.call(new CallId.Number(3), new ContentRequest.Close(handle)),
                        StandardCharsets.UTF_8));
        // A request that fails half-way, with the text in it.
        assertThat(http("POST", "/rpc", "application/json", "{\"jsonrpc\":\"2.0\",\"" + BODY))
                .contains("parse-error");
        nothingIsLeft();
    }

    /** With the connections kept open, as a browser keeps them. */
    private static String http(String method, String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .header("Origin", ORIGIN)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Before the daemon is there, because nobody sits at a terminal when a browser calls. */
    private static String pairAtTheHttpDoor() throws Exception {
        Caller browser = new Caller(Door.HTTP, ORIGIN, null, null, "memory-test");
        try (TestParts parts = new TestParts(folder.resolve("home"), Duration.ofMinutes(1));
                InProcessBackend page = new InProcessBackend(parts.gate().enter(browser), () -> {})) {
            SessionResult.Pairing paired = Pairing.pair(
                    page,
                    "Memory test",
                    EnumSet.allOf(Scope.class),
                    new PairingCode.Place(Door.HTTP, ORIGIN, null),
                    code -> {});
            return Objects.requireNonNull(paired.token());
        }
    }

    private static MessageResult.Message sign() throws Exception {
        return client.call(
                MessageResult.Message.class,
                new MessageRequest.Sign(ContentRef.ofText(message()), null, null, null, null, null, null));
    }

    private static void fails(CompletableFuture<?> call, ErrorCode code) {
        assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                .rootCause()
                .isInstanceOfSatisfying(
                        RequestError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static void nothingIsLeft() throws Exception {
        assertThat(daemon.left(SECRETS)).isEmpty();
    }

    private static String message() {
        return "From: alice@example.org\r\nTo: alice@example.org\r\nSubject: " + SUBJECT
                + "\r\nDate: Sun, 1 Mar 2026 11:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nIt is "
                + BODY + ".\r\n";
    }

    private static String text(ContentRef ref) {
        return ref.text() != null ? ref.text() : new String(ref.base64(), StandardCharsets.ISO_8859_1);
    }

    /** A fresh passphrase that no dump may hold from now on. */
    private static String remembered(String name) {
        String fresh = Needles.random();
        SECRETS.add(name, fresh);
        return fresh;
    }

    private static void lock() throws Exception {
        client.call(SessionResult.Done.class, new StoreRequest.Lock(null));
    }

    private static <T> CompletableFuture<T> begin(Callable<T> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.call();
                    } catch (Exception failed) {
                        throw new CompletionException(failed);
                    }
                },
                Thread::startVirtualThread);
    }
}
