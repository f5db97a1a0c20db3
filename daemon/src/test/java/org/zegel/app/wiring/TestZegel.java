package org.zegel.app.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.KnownSecrets;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.network.NetworkPolicy;

/** A whole Zegel over a throwaway home, with keys in memory and a scripted person. */
final class TestZegel implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    final ScriptedPrompter prompter = new ScriptedPrompter();
    final MemoryStore keys = new MemoryStore("test", CLOCK);
    final Zegel zegel;
    final Session session;

    /** Keys of the fixture prompt, as keys in a persistent store do. */
    TestZegel(Path home, TrustOptions trust, TestIdentity... identities) throws Exception {
        this(home, trust, Settings.defaults().limits(), identities);
    }

    TestZegel(Path home, Settings.Limits limits, TestIdentity... identities) throws Exception {
        this(home, TrustOptions.DEFAULT, limits, identities);
    }

    private TestZegel(Path home, TrustOptions trust, Settings.Limits limits, TestIdentity... identities)
            throws Exception {
        for (TestIdentity identity : identities) {
            add(identity);
        }
        zegel = Zegel.open(Setup.of(new Home(home, true), settings(limits), prompter, CLOCK)
                .withMore(List.of(keys))
                .withTrust(trust));
        session = zegel.inProcess(new Caller(Door.IN_PROCESS, null, null, null, "local"));
    }

    IdentityId add(TestIdentity identity) {
        return keys.add(identity.privateKey(), identity.certificate(), identity.intermediates())
                .id();
    }

    Result call(Request request) throws RequestError {
        return session.call(request, Progress.NONE);
    }

    String sign(String message) throws Exception {
        return text(sign(message, session).message());
    }

    static MessageResult.Message sign(String message, Session session) throws RequestError {
        return (MessageResult.Message) session.call(
                new MessageRequest.Sign(ContentRef.ofText(message), null, null, null, null, null, null), Progress.NONE);
    }

    MessageResult.Opened open(String message) throws RequestError {
        return (MessageResult.Opened) call(new MessageRequest.Open(ContentRef.ofText(message), true, null));
    }

    MessageResult.Messages encrypt(String message) throws RequestError {
        return (MessageResult.Messages) call(MessageRequest.Encrypt.of(ContentRef.ofText(message)));
    }

    /** Imports the certificates as the person would, vouching for them. */
    void know(TestIdentity... people) throws RequestError {
        for (TestIdentity person : people) {
            call(new CertificateRequest.Import(ContentRef.ofText(TestIdentity.pem(person.certificate())), true));
        }
    }

    /** Lets a client in through the gate, with all the steps of a pairing. */
    Session pair(Collection<Scope> scopes) throws Exception {
        Session client = zegel.gate().enter(new Caller(Door.SOCKET, null, null, null, "connection"));
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        SessionResult.Pairing first = (SessionResult.Pairing) client.call(
                new SessionRequest.Pair(
                        "Test client",
                        scopes.stream().map(TestZegel::word).toList(),
                        base64(sha256(nonce)),
                        null,
                        null),
                Progress.NONE);
        SessionResult.Pairing second = (SessionResult.Pairing)
                client.call(new SessionRequest.Pair(null, null, null, first.pairing(), base64(nonce)), Progress.NONE);
        if (!client.authenticate(Objects.requireNonNull(second.token()))) {
            throw new AssertionError("a fresh token is not known");
        }
        return client;
    }

    String text(ContentRef ref) throws IOException, Failure {
        String handle = ref.content();
        if (handle != null) {
            byte[] bytes = zegel.contents()
                    .open(session.client().orElseThrow().id(), handle)
                    .bytes(1 << 30);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return ref.text() != null ? ref.text() : new String(ref.base64(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        session.close();
        zegel.close();
    }

    /** The defaults, but for the anchors of the machine the tests run on. */
    private static Settings settings(Settings.Limits limits) {
        Settings usual = Settings.defaults();
        return new Settings(
                usual.daemon(),
                usual.http(),
                usual.consent(),
                usual.secrets(),
                usual.stores(),
                usual.audit(),
                limits,
                new Settings.Trust(List.of(), false, Set.of(), TrustPolicy.STRICT.with(NetworkPolicy.OFFLINE)),
                usual.sign(),
                usual.encrypt(),
                usual.clients(),
                usual.forced(),
                usual.policyDigest());
    }

    static String message(String from, String to, String more) {
        return "From: " + from + "\r\nTo: " + to + "\r\n" + more
                + "Subject: Lunch\r\nDate: Sun, 1 Mar 2026 11:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + KnownSecrets.know("message text", "Shall we?") + "\r\n";
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
