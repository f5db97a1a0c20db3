package org.zegel.smime.make;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.HeaderPolicy;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.SignOptions.Mode;

/** Protected header fields as they are written (RFC 9788 section 5.2), seen with OpenSSL, which knows nothing of them. */
final class HeaderProtectionTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@smime.example"));

    /** The header of RFC 9788's own samples (appendix C). */
    private static final String HEADER = """
            Subject: smime-sample
            Message-ID: <smime-sample@example>
            From: Alice <alice@smime.example>
            To: Bob <bob@smime.example>
            Date: Sat, 20 Feb 2021 10:12:02 -0500
            User-Agent: Sample MUA Version 1.0
            """.replace("\n", "\r\n");

    private static final String TEXT = "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nHello Bob,\r\nthe text.\r\n";

    @TempDir
    Path directory;

    private Made made;
    private OpenSsl openSsl;

    @BeforeEach
    void prepare() throws Exception {
        made = new Made(directory);
        openSsl = new OpenSsl(directory);
        Files.writeString(directory.resolve("root.pem"), TestIdentity.pem(ROOT.certificate()));
        ALICE.writePem(directory, "alice");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aSignatureCoversACopyOfTheHeader(Mode mode) throws Exception {
        String signed = sign(HEADER + TEXT, HeaderProtection.signing(HeaderPolicy.BASELINE), mode);
        assertThat(signed).startsWith(HEADER + "MIME-Version: 1.0\r\n");
        assertThat(verified(signed))
                .isEqualTo(HEADER + "Content-Type: text/plain; charset=\"utf-8\";\r\n hp=\"clear\"\r\n"
                        + TEXT.substring(TEXT.indexOf("\r\n") + 2));
    }

    @Test
    void encryptionHidesTheSubjectAndTellsWhatTheOutsideShows() throws Exception {
        String encrypted = encrypt(HEADER + TEXT, HeaderProtection.encrypting(HeaderPolicy.BASELINE, false));
        String outside = HEADER.replace("smime-sample\r\nMessage", "[...]\r\nMessage");
        assertThat(encrypted).startsWith(outside + "MIME-Version: 1.0\r\n");
        assertThat(decrypted(encrypted)).startsWith(HEADER + hpOuter(outside)).contains(" hp=\"cipher\"\r\n");
    }

    /** The very fields of the RFC's sample smime-signed-enc-hp-shy. */
    @Test
    void theShyPolicyHidesNamesAndTimeZones() throws Exception {
        String encrypted = encrypt(HEADER + TEXT, HeaderProtection.encrypting(HeaderPolicy.SHY, false));
        String outside = """
                Subject: [...]
                Message-ID: <smime-sample@example>
                From: alice@smime.example
                To: bob@smime.example
                Date: Sat, 20 Feb 2021 15:12:02 +0000
                User-Agent: Sample MUA Version 1.0
                """.replace("\n", "\r\n");
        assertThat(encrypted).startsWith(outside);
        assertThat(decrypted(encrypted)).startsWith(HEADER + hpOuter(outside));
    }

    @Test
    void commentsAndKeywordsAreOnlyInside() throws Exception {
        String message = "Keywords: secret\r\nComments: too\r\n" + HEADER + TEXT;
        String encrypted = encrypt(message, HeaderProtection.encrypting(HeaderPolicy.BASELINE, false));
        assertThat(encrypted).doesNotContain("Keywords", "Comments");
        assertThat(decrypted(encrypted))
                .startsWith("Keywords: secret\r\nComments: too\r\n")
                .doesNotContain("HP-Outer: Keywords", "HP-Outer: Comments");
    }

    @Test
    void theHeaderInsideTheSignatureSpeaksOfTheEncryptionAroundIt() throws Exception {
        HeaderProtection inside = HeaderProtection.signingToEncrypt(HeaderPolicy.BASELINE, false);
        String signed = sign(HEADER + TEXT, inside, Mode.DETACHED);
        String encrypted = encrypt(signed, HeaderProtection.encryptingSigned(HeaderPolicy.BASELINE));
        assertThat(encrypted).startsWith("Subject: [...]\r\n").doesNotContain("smime-sample\r\nMessage");
        String layer = decrypted(encrypted);
        assertThat(layer).startsWith("Content-Type: multipart/signed;");
        assertThat(verified(layer))
                .startsWith(HEADER + "HP-Outer: Subject: [...]\r\n")
                .contains(" hp=\"cipher\"");
    }

    @Test
    void withoutHiddenFieldsOrProtectionTheOutsideStays() throws Exception {
        String none = encrypt(HEADER + TEXT, HeaderProtection.encrypting(HeaderPolicy.NONE, true));
        assertThat(none).startsWith(HEADER);
        assertThat(decrypted(none)).startsWith(HEADER + hpOuter(HEADER)).doesNotContain("hp-legacy-display");
        String off = encrypt(HEADER + TEXT, HeaderProtection.encrypting(HeaderPolicy.OFF, true));
        assertThat(off).startsWith(HEADER);
        assertThat(decrypted(off)).isEqualTo(TEXT);
        assertThat(verified(sign(HEADER + TEXT, HeaderProtection.signing(HeaderPolicy.OFF), Mode.OPAQUE)))
                .isEqualTo(TEXT);
    }

    @Test
    void bccAndTracesOfTheWayAreNeverInside() throws Exception {
        String trace = "Received: from a\r\n by b\r\nDKIM-Signature: v=1; b=x\r\nARC-Seal: i=1\r\n";
        String message = trace + "Bcc: secret@example.org,\r\n other@example.org\r\n" + HEADER + TEXT;
        for (Mode mode : Mode.values()) {
            String signed = sign(message, HeaderProtection.signing(HeaderPolicy.BASELINE), mode);
            assertThat(signed).startsWith(trace + HEADER);
            assertThat(signed + verified(signed)).doesNotContain("secret@example.org", "other@example.org");
            assertThat(verified(signed)).doesNotContain("Received", "DKIM", "ARC");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsSignedAlreadyIsNotProtectedAnew(Mode mode) throws Exception {
        String once = sign(HEADER + TEXT, HeaderProtection.signing(HeaderPolicy.BASELINE), mode);
        String twice = sign(once, HeaderProtection.signing(HeaderPolicy.BASELINE), Mode.OPAQUE);
        assertThat(verified(twice)).isEqualTo(once.substring(once.indexOf("Content-Type")));
        String encrypted = encrypt(once, HeaderProtection.encrypting(HeaderPolicy.BASELINE, true));
        assertThat(encrypted).startsWith(HEADER);
        assertThat(decrypted(encrypted)).isEqualTo(once.substring(once.indexOf("Content-Type")));
    }

    @Test
    void aStrayParameterOfAnotherMessageIsReplaced() throws Exception {
        String message = "HP-Outer: Subject: false\r\n" + HEADER
                + "Content-Type: text/plain; HP=cipher; charset=utf-8\r\n\r\nhi\r\n";
        String signed = sign(message, HeaderProtection.signing(HeaderPolicy.BASELINE), Mode.OPAQUE);
        assertThat(verified(signed))
                .isEqualTo(HEADER + "Content-Type: text/plain; charset=utf-8;\r\n hp=\"clear\"\r\n\r\nhi\r\n");
        assertThat(signed).doesNotContain("HP-Outer");
    }

    @Test
    void eightBitTextIsEncodedInsideAClearSignature() throws Exception {
        String message =
                "Subject: Gr\u00fc\u00dfe ".concat("\u2713 ".repeat(40)) + "\r\nFrom: a@example.org\r\n\r\nhi\r\n";
        String signed = new String(made.sign(message.getBytes(UTF_8), ALICE, Made.options(Mode.DETACHED)), ISO_8859_1);
        String inside = verified(signed);
        assertThat(inside.chars()).allMatch(c -> c < 128);
        assertThat(inside.lines()).allMatch(line -> line.length() <= 78);
        assertThat(inside).startsWith("Subject: =?utf-8?B?");
    }

    @Test
    void whatIsHiddenIsRepeatedForOldReaders() throws Exception {
        String alternative = HEADER + """
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain

                plain
                --a
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PGh0bWw+PGJvZHkgY2xhc3M9ImEiPjxwPmh0bWw8L3A+PC9ib2R5PjwvaHRtbD4=
                --a--
                --m
                Content-Type: text/plain; name=a.txt
                Content-Disposition: attachment

                attached
                --m--
                """.replace("\n", "\r\n").replace("smime-sample\r\n", "a < b & c\r\n");
        String inside = decrypted(encrypt(
                alternative.replace("Subject: smime-sample", "Subject: a < b"),
                HeaderProtection.encrypting(HeaderPolicy.BASELINE, true)));
        assertThat(inside)
                .contains(
                        "Content-Type: text/plain;\r\n hp-legacy-display=\"1\"\r\n\r\nSubject: a < b\r\n\r\nplain\r\n")
                .contains(
                        "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nattached\r\n");
        assertThat(Leaves.of(inside.getBytes(ISO_8859_1)).get(1))
                .isEqualTo("<html><body class=\"a\"><div class=\"header-protection-legacy-display\">\n"
                        + "<pre>Subject: a &#60; b</pre>\n</div>\n<p>html</p></body></html>");
    }

    @Test
    void theRepeatedSubjectIsInTheTextsOwnCharacters() throws Exception {
        String subject = "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\nFrom: a@example.org\r\n";
        HeaderProtection headers = HeaderProtection.encrypting(HeaderPolicy.BASELINE, true);
        assertThat(Leaves.of(decrypted(encrypt(
                                subject + "Content-Type: text/plain; charset=iso-8859-1\r\n"
                                        + "Content-Transfer-Encoding: 8bit\r\n\r\n\u00e9\r\n",
                                headers))
                        .getBytes(ISO_8859_1)))
                .containsExactly("Subject: Gr\u00fc\u00dfe\n\n\u00e9\n");
        String ascii = decrypted(encrypt(subject + "\r\nplain\r\n", headers));
        assertThat(ascii).contains("charset=\"utf-8\"");
        assertThat(Leaves.of(ascii.getBytes(ISO_8859_1)))
                .containsExactly(new String("Subject: Gr\u00fc\u00dfe\n\nplain\n".getBytes(UTF_8), ISO_8859_1));
    }

    private static String hpOuter(String fields) {
        return fields.lines().map(line -> "HP-Outer: " + line + "\r\n").reduce("", String::concat);
    }

    private String sign(String message, HeaderProtection headers, Mode mode) throws Exception {
        byte[] signed = made.sign(
                message.getBytes(ISO_8859_1), ALICE, Made.options(mode).with(headers));
        return new String(signed, ISO_8859_1);
    }

    private String encrypt(String message, HeaderProtection headers) throws Exception {
        return new String(made.encrypt(message.getBytes(ISO_8859_1), headers, ALICE.certificate()), ISO_8859_1);
    }

    private String verified(String signed) throws Exception {
        Files.writeString(directory.resolve("m.eml"), signed, ISO_8859_1);
        openSsl.run("cms", "-verify", "-in", "m.eml", "-CAfile", "root.pem", "-binary", "-crlfeol", "-out", "entity");
        return Files.readString(directory.resolve("entity"), ISO_8859_1);
    }

    private String decrypted(String encrypted) throws Exception {
        Files.writeString(directory.resolve("e.eml"), encrypted, ISO_8859_1);
        openSsl.run(
                "cms",
                "-decrypt",
                "-in",
                "e.eml",
                "-recip",
                "alice.crt.pem",
                "-inkey",
                "alice.key.pem",
                "-binary",
                "-out",
                "d");
        return Files.readString(directory.resolve("d"), ISO_8859_1);
    }
}
