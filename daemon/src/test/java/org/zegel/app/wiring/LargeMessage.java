package org.zegel.app.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.zegel.content.Content;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.Request;
import org.zegel.trust.TrustOptions;

/** Takes a message of 200 MB through signing, encrypting and opening. Run in a JVM of its own with a small heap. */
final class LargeMessage {
    static final long SIZE = 200_000_000;
    private static final int LINE = 78;
    private static final long BODY = SIZE / LINE * LINE;
    private static final String HEADER = TestZegel.message("alice@example.org", "bob@example.org", "");

    private LargeMessage() {}

    /** Argument: an empty directory. Prints {@code done} and the milliseconds of each step. */
    public static void main(String[] arguments) throws Exception {
        TestAuthority ca = TestAuthority.root("Root");
        TestIdentity alice = ca.issue(Spec.mail("Alice", "alice@example.org"));
        TestIdentity bob = ca.issue(Spec.mail("Bob", "bob@example.org"));
        TrustOptions trust =
                new TrustOptions(List.of(ca.certificate()), List.of(), List.of(ca.crl(List.of())), null, true);
        try (TestZegel zegel = new TestZegel(Path.of(arguments[0]), trust, alice, bob)) {
            ContentRef mail = put(zegel);
            MessageResult.Message signed = (MessageResult.Message)
                    timed(zegel, "sign", new MessageRequest.Sign(mail, null, null, null, null, null, null));
            free(zegel, mail);
            MessageResult.Messages encrypted = (MessageResult.Messages) timed(
                    zegel,
                    "encrypt",
                    MessageRequest.Encrypt.of(signed.message())
                            .to(List.of(ContentRef.ofText(TestIdentity.pem(bob.certificate()))))
                            .cipher("aes256-gcm"));
            free(zegel, signed.message());
            ContentRef secret = encrypted.messages().getFirst().message();
            MessageResult.Opened opened =
                    (MessageResult.Opened) timed(zegel, "open", new MessageRequest.Open(secret, true, null));
            check(
                    opened.verdict().seal() == Verdict.Seal.VALID,
                    "seal " + opened.verdict().seal());
            check(
                    opened.verdict().lock() == Verdict.Lock.CLOSED,
                    "lock " + opened.verdict().lock());
            checkBody(zegel.zegel
                    .contents()
                    .open(
                            Zegel.LOCAL,
                            Objects.requireNonNull(
                                    Objects.requireNonNull(opened.content()).content())));
        }
        System.out.println("done");
    }

    private static ContentRef put(TestZegel zegel) throws Exception {
        String handle = zegel.zegel.contents().create(Zegel.LOCAL);
        byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
        zegel.zegel.contents().append(Zegel.LOCAL, handle, header);
        zegel.zegel.contents().append(Zegel.LOCAL, handle, new Body(BODY), -1);
        return ContentRef.ofHandle(handle);
    }

    private static void free(TestZegel zegel, ContentRef ref) throws Exception {
        zegel.zegel.contents().close(Zegel.LOCAL, Objects.requireNonNull(ref.content()));
    }

    private static Object timed(TestZegel zegel, String step, Request request) throws Exception {
        long start = System.nanoTime();
        Object result = zegel.session.call(request, Progress.NONE);
        System.out.println(
                step + " " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        return result;
    }

    private static void checkBody(Content clear) throws Exception {
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        digest(new Body(BODY), expected);
        MessageDigest found = MessageDigest.getInstance("SHA-256");
        try (InputStream in = clear.open()) {
            in.skipNBytes(clear.size() - BODY);
            digest(in, found);
        }
        String hex = HexFormat.of().formatHex(found.digest());
        check(hex.equals(HexFormat.of().formatHex(expected.digest())), "another body of " + clear.size() + " bytes");
    }

    private static void digest(InputStream in, MessageDigest digest) throws IOException {
        byte[] block = new byte[16 * 1024];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Lines of base64-like text, all different, ending in CRLF. */
    private static final class Body extends InputStream {
        private final long size;
        private final byte[] line = new byte[LINE];
        private long at;

        Body(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= size) {
                return -1;
            }
            int done = 0;
            while (done < length && at < size) {
                int within = (int) (at % line.length);
                if (within == 0) {
                    fill(at / line.length);
                }
                int count = Math.min(length - done, line.length - within);
                System.arraycopy(line, within, target, offset + done, count);
                done += count;
                at += count;
            }
            return done;
        }

        private void fill(long number) {
            for (int i = 0; i < LINE - 2; i++) {
                line[i] = (byte) ('A' + (number * 31 + i * 7L) % 26);
            }
            byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, line, 0, digits.length);
            line[LINE - 2] = '\r';
            line[LINE - 1] = '\n';
        }
    }
}
