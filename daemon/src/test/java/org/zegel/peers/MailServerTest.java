package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.peers.Workbench.Opened;
import org.zegel.smime.SignOptions.Mode;

/** What mail servers and mailboxes do to a message on its way does not break its seal. */
class MailServerTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));

    /** All that servers are known to trip over: dots, "From ", white space at line ends, 8-bit text, long lines. */
    private static final String WRITTEN = """
            From: Alice <alice@example.org>
            To: Bob <bob@example.org>
            Subject: a subject that is long enough to be folded by the next server on its way,
             or by the one after it
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Grüße,
            .
            ..
            .leading dot
            From the start of a line
            >From quoted already
            -- \s
            white space \t
            """ + "a long line, ".repeat(200) + "\n\n\n" + """
            --outer
            Content-Type: text/plain

            .
            From here, without encoding
            --outer--
            """;

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Workbench(directory, ROOT, ALICE);
    }

    /** SMTP's data phase (RFC 5321 section 4.5.2): CRLF on the wire, a dot before a dot, and taken off again. */
    private static String smtp(String message) {
        String wire = message.replace("\r\n", "\n").replace("\n", "\r\n");
        String stuffed = wire.replaceAll("(?m)^\\.", "..") + (wire.endsWith("\r\n") ? "" : "\r\n") + ".\r\n";
        String received = stuffed.substring(0, stuffed.indexOf("\r\n.\r\n") + 2);
        return received.replaceAll("(?m)^\\.", "");
    }

    private static String traced(String message) {
        return "Return-Path: <alice@example.org>\r\nReceived: from a.example.org (a.example.org [192.0.2.1])\r\n"
                + "\tby b.example.org with ESMTPS id 1; Mon, 1 Jun 2026 12:00:00 +0000\r\n"
                + "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s; h=from:to; bh=AA==; b=AA==\r\n" + message;
    }

    /** Folds or unfolds the outer header alone. */
    private static String header(String message, UnaryOperator<String> change) {
        int end = message.indexOf("\r\n\r\n");
        return change.apply(message.substring(0, end)) + message.substring(end);
    }

    private static String unfolded(String header) {
        return header.replaceAll("\r\n[ \t]+", " ");
    }

    private static String folded(String header) {
        return unfolded(header).replaceAll("(?m)(.{40,60}) (?=\\S)", "$1\r\n\t");
    }

    private static String maildir(String message) {
        return message.replace("\r\n", "\n");
    }

    /** The mbox format of many mail programs: "From " at a line's start gets a bracket, which stays. */
    private static String mbox(String message) {
        return "From alice@example.org Mon Jun  1 12:00:00 2026\n"
                + maildir(message).replaceAll("(?m)^From (?!alice)", ">From ") + "\n";
    }

    private static String trimmed(String message) {
        return message.replaceAll("[ \t]+(?=\r?\n)", "");
    }

    private static String footerAfterTheEnd(String message) {
        return message + "\r\n-- \r\nscanned by a virus scanner\r\n";
    }

    /** What a 7-bit server does to the rest. */
    private static String sevenBit(String message) {
        StringBuilder out = new StringBuilder();
        message.chars().forEach(c -> out.append((char) (c & 0x7f)));
        return out.toString();
    }

    private static String wrapped(String message) {
        return message.replaceAll("([^\r\n]{998})(?=[^\r\n])", "$1\r\n");
    }

    static Stream<Arguments> relays() {
        return Stream.of(
                Arguments.of("SMTP", (UnaryOperator<String>) MailServerTest::smtp),
                Arguments.of("leading dots lost", (UnaryOperator<String>) m -> m.replaceAll("(?m)^\\.", "")),
                Arguments.of("trace fields", (UnaryOperator<String>) MailServerTest::traced),
                Arguments.of("header folded", (UnaryOperator<String>) m -> header(m, MailServerTest::folded)),
                Arguments.of("header unfolded", (UnaryOperator<String>) m -> header(m, MailServerTest::unfolded)),
                Arguments.of("Maildir", (UnaryOperator<String>) MailServerTest::maildir),
                Arguments.of("mbox", (UnaryOperator<String>) MailServerTest::mbox),
                Arguments.of("white space trimmed", (UnaryOperator<String>) MailServerTest::trimmed),
                Arguments.of("footer", (UnaryOperator<String>) MailServerTest::footerAfterTheEnd),
                Arguments.of("7 bits", (UnaryOperator<String>) MailServerTest::sevenBit),
                Arguments.of("lines wrapped", (UnaryOperator<String>) MailServerTest::wrapped),
                Arguments.of("all the way", (UnaryOperator<String>) m -> maildir(traced(header(
                        smtp(traced(sevenBit(wrapped(trimmed(maildir(smtp(m))))))), MailServerTest::folded)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relays")
    void theSealStaysValid(String name, UnaryOperator<String> relay) throws Exception {
        byte[] written = WRITTEN.replace("\n", "\r\n").getBytes(UTF_8);
        if (!name.equals("SMTP")) {
            assertThat(through(relay, written))
                    .as("the relay changes what is not signed")
                    .isNotEqualTo(written);
        }
        for (Mode mode : Mode.values()) {
            byte[] signed = bench.sign(written, ALICE, mode);
            byte[] arrived = through(relay, signed);
            Opened opened = bench.open(arrived);
            assertThat(opened.seal()).as(mode + " " + opened.verdict()).isEqualTo(Seal.VALID);
            assertThat(body(opened)).isEqualTo(body(bench.open(signed)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relays")
    void theLockStaysClosed(String name, UnaryOperator<String> relay) throws Exception {
        byte[] written = WRITTEN.replace("\n", "\r\n").getBytes(UTF_8);
        byte[] signed = bench.sign(written, ALICE, Mode.DETACHED);
        byte[] sent = bench.encrypt(signed, ContentCipher.AES_256_CBC, ALICE.certificate());
        Opened opened = bench.open(through(relay, sent));
        assertThat(opened.facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(opened.seal()).as(opened.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(body(opened)).isEqualTo(body(bench.open(signed)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relays")
    void openSslAgrees(String name, UnaryOperator<String> relay) throws Exception {
        Files.writeString(directory.resolve("root.pem"), TestIdentity.pem(ROOT.certificate()));
        byte[] written = WRITTEN.replace("\n", "\r\n").getBytes(UTF_8);
        Files.write(directory.resolve("m.eml"), through(relay, bench.sign(written, ALICE, Mode.DETACHED)));
        new OpenSsl(directory).run("cms", "-verify", "-in", "m.eml", "-CAfile", "root.pem", "-out", "entity");
    }

    private static byte[] through(UnaryOperator<String> relay, byte[] message) {
        return relay.apply(new String(message, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    /** What is read; its line ends are the mailbox's. */
    private static String body(Opened opened) {
        String text = opened.text().replace("\r\n", "\n");
        return text.substring(text.indexOf("\n\n"));
    }
}
