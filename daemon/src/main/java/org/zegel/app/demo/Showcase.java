package org.zegel.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.throwaway.Pem;
import org.zegel.app.throwaway.ThrowawayHouse;
import org.zegel.app.wiring.Zegel;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import org.zegel.trust.TrustOptions;

/** Messages of every kind of fate, made and judged in this process. */
final class Showcase implements AutoCloseable {
    private static final Caller CALLER = new Caller(Door.IN_PROCESS, null, null, null, "demo");

    private final Path folder;
    private final DemoKeys keys;
    private final Backend settled;
    private final Backend unsettled;

    Showcase(Path folder, DemoKeys keys, Clock clock) throws Failure {
        this.folder = folder;
        this.keys = keys;
        settled = open(folder, keys, ThrowawayHouse.trusting(keys), clock);
        unsettled = open(folder, keys, ThrowawayHouse.withoutCrl(keys), clock);
    }

    private static Backend open(Path folder, DemoKeys keys, TrustOptions trust, Clock clock) throws Failure {
        Zegel zegel = Zegel.open(ThrowawayHouse.setup(folder, keys, trust, clock));
        return new InProcessBackend(zegel.inProcess(CALLER), zegel::close);
    }

    byte[] signed(String from) throws RequestError, IOException {
        ContentRef message = ContentRef.ofBytes(DemoMail.message(from, DemoKeys.BOB, 600));
        return read(settled.call(
                        MessageResult.Message.class,
                        new MessageRequest.Sign(message, null, null, null, null, null, null))
                .message());
    }

    /** Encrypted to Bob; {@code cipher} null leaves the choice to Zegel. */
    byte[] encrypted(byte[] message, @Nullable String cipher) throws RequestError, IOException {
        MessageResult.Messages made = settled.call(
                MessageResult.Messages.class,
                MessageRequest.Encrypt.of(ContentRef.ofBytes(message))
                        .to(List.of(ContentRef.ofText(Pem.of(keys.bob().certificate()))))
                        .cipher(cipher));
        return read(made.messages().getFirst().message());
    }

    Verdict judged(byte[] message) throws RequestError {
        return opened(settled, message).verdict();
    }

    Verdict judgedWithoutCrl(byte[] message) throws RequestError {
        return opened(unsettled, message).verdict();
    }

    /** The clear text as it comes out; empty when nothing may be shown. */
    Optional<byte[]> clear(byte[] message) throws RequestError, IOException {
        ContentRef clear = opened(settled, message).content();
        return clear == null ? Optional.empty() : Optional.of(read(clear));
    }

    /** One word of the signed text is another one. */
    static byte[] altered(byte[] signed) {
        String text = new String(signed, StandardCharsets.ISO_8859_1);
        return text.replaceFirst(DemoMail.TEXT_WORD, "whisky").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One bit of the cipher text is another one. */
    static byte[] tampered(byte[] encrypted) {
        String text = new String(encrypted, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        byte[] der = Base64.getMimeDecoder().decode(text.substring(body));
        der[der.length - 200] ^= 1;
        String again = Base64.getMimeEncoder().encodeToString(der);
        return (text.substring(0, body) + again + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Signed by another program with Alice's key; empty where OpenSSL is not installed. */
    Optional<byte[]> foreign() throws IOException {
        byte[] body = "Content-Type: text/plain\r\n\r\nThis one was signed by OpenSSL.\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        return OpenSsl.sign(
                folder,
                body,
                DemoKeys.ALICE,
                DemoKeys.BOB,
                keys.alice().privateKey(),
                keys.alice().certificate());
    }

    /** Alice's signature under another From: where there is no other program. */
    static byte[] underAnotherName(byte[] signed) {
        String text = new String(signed, StandardCharsets.ISO_8859_1);
        return text.replaceFirst(DemoKeys.ALICE, DemoKeys.MALLORY).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        settled.close();
        unsettled.close();
    }

    private static MessageResult.Opened opened(Backend backend, byte[] message) throws RequestError {
        return backend.call(
                MessageResult.Opened.class, new MessageRequest.Open(ContentRef.ofBytes(message), true, null));
    }

    private byte[] read(ContentRef ref) throws RequestError, IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        new Contents(settled).receive(ref, out);
        return out.toByteArray();
    }
}
