package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Contents;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;

/**
 * One whole operation: the message is handed over, worked on and its outcome fetched.
 *
 * @param input the message, as the operation needs it
 * @param certificate PEM of whom it is encrypted to
 * @param cipher of the content, as {@code message.encrypt} names it; null where there is none
 */
record Task(
        Operation operation,
        Path input,
        String certificate,
        @Nullable String cipher) {
    /**
     * Does it once; gives how long the call itself took, in nanoseconds, without handing over and fetching.
     *
     * @throws Disagreement the verdict is not what it had to be
     */
    long run(Way way, Path output) throws RequestError, IOException {
        ContentRef message = way.put(input);
        long start = System.nanoTime();
        ContentRef outcome = outcome(way, message);
        long call = System.nanoTime() - start;
        way.get(outcome, output);
        new Contents(way.backend()).forget(message);
        return call;
    }

    private ContentRef outcome(Way way, ContentRef message) throws RequestError {
        return switch (operation) {
            case SIGN ->
                way.backend()
                        .call(
                                MessageResult.Message.class,
                                new MessageRequest.Sign(message, null, null, null, null, null, null))
                        .message();
            case ENCRYPT -> encrypted(way, message, false);
            case VERIFY -> opened(way, message, Verdict.Seal.VALID, Verdict.Lock.NONE);
            case DECRYPT ->
                opened(way, message, Verdict.Seal.NONE, authenticated() ? Verdict.Lock.CLOSED : Verdict.Lock.WEAK);
            case OPEN -> opened(way, message, Verdict.Seal.VALID, Verdict.Lock.CLOSED);
        };
    }

    /** Signs and encrypts in one call: what {@link Operation#OPEN} opens. */
    void seal(Way way, Path output) throws RequestError, IOException {
        ContentRef message = way.put(input);
        way.get(encrypted(way, message, true), output);
        new Contents(way.backend()).forget(message);
    }

    private ContentRef encrypted(Way way, ContentRef message, boolean sign) throws RequestError {
        // The text does not repeat the subject, so that others read the very body that went in.
        MessageRequest.Encrypt request = new MessageRequest.Encrypt(
                message,
                null,
                List.of(ContentRef.ofText(certificate)),
                sign,
                null,
                null,
                null,
                null,
                cipher,
                null,
                null,
                false,
                null);
        return way.backend()
                .call(MessageResult.Messages.class, request)
                .messages()
                .getFirst()
                .message();
    }

    private static ContentRef opened(Way way, ContentRef message, Verdict.Seal seal, Verdict.Lock lock)
            throws RequestError {
        MessageResult.Opened opened =
                way.backend().call(MessageResult.Opened.class, new MessageRequest.Open(message, true, null));
        Verdict verdict = opened.verdict();
        ContentRef clear = opened.content();
        if (clear == null || verdict.seal() != seal || verdict.lock() != lock) {
            throw new Disagreement("a message was opened with seal " + verdict.seal() + " and lock " + verdict.lock()
                    + ", not with " + seal + " and " + lock);
        }
        return clear;
    }

    private boolean authenticated() {
        return cipher != null && cipher.endsWith("gcm");
    }
}
