package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.HeaderDifference;
import org.zegel.model.Verdict.HeaderScheme;
import org.zegel.model.Verdict.HeaderState;
import org.zegel.model.Verdict.Headers;
import org.zegel.model.Verdict.Protection;

/** Protected header fields as they are read, compared and shown (RFC 9788 section 4). */
class ProtectedHeaderTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String OUTER = "Received: from a\r\n\tby b\r\nDKIM-Signature: v=1;  b=x \r\nARC-Seal: i=1\r\n"
            + "From: Alice <alice@example.org>\r\nTo: bob@example.org\r\nSubject: [...]\r\nMIME-Version: 1.0\r\n";
    private static final String INNER =
            "From: Alice <alice@example.org>\r\nTo: bob@example.org\r\nSubject: Hello\r\nX-Own: 1\r\n";
    private static final String HP_OUTER =
            "HP-Outer: From: Alice <alice@example.org>\r\nHP-Outer: To: bob@example.org\r\nHP-Outer: Subject: [...]\r\n";
    private static final String TYPE = "Content-Type: text/plain; charset=utf-8; hp=\"cipher\"\r\n";
    private static final String TEXT = "\r\nHello Bob,\r\nthe text.\r\n";

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(ALICE);
    }

    private OpenFixture.Result signed(String outer, String entity) throws Exception {
        return fixture.open(outer
                + Messages.multipart(
                        entity, Messages.signedData(Messages.bytes(entity), false, ALICE, "SHA256withRSA")));
    }

    private OpenFixture.Result encrypted(String outer, String entity) throws Exception {
        byte[] cms = Messages.enveloped(Messages.bytes(entity), CMSAlgorithm.AES256_CBC, ALICE);
        return fixture.open(outer + Messages.entity("enveloped-data", cms));
    }

    private OpenFixture.Result both(String outer, String entity) throws Exception {
        byte[] signature = Messages.signedData(Messages.bytes(entity), false, ALICE, "SHA256withRSA");
        return encrypted(outer, Messages.multipart(entity, signature));
    }

    private static Headers headers(OpenFixture.Result result) {
        return result.opened().facts().headers();
    }

    @Test
    void theHiddenSubjectComesBackAndTracesStayAsTheyWere() throws Exception {
        OpenFixture.Result result = both(OUTER, INNER + HP_OUTER + TYPE + TEXT);
        assertThat(result.text())
                .isEqualTo(OUTER.replace("[...]", "Hello") + "X-Own: 1\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n" + TEXT);
        assertThat(headers(result).scheme()).isEqualTo(HeaderScheme.RFC9788);
        assertThat(headers(result).differences())
                .contains(new HeaderDifference("Subject", "[...]", "Hello", true))
                .extracting(HeaderDifference::field)
                .containsExactly("Subject", "X-Own");
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void eachFieldHasTheStateOfTheRfc() throws Exception {
        String entity = INNER + HP_OUTER + TYPE + TEXT;
        assertThat(headers(both(OUTER, entity)).fields())
                .extracting(HeaderState::field, HeaderState::protection)
                .containsExactly(
                        tuple("From", Protection.SIGNED_ONLY),
                        tuple("To", Protection.SIGNED_ONLY),
                        tuple("Subject", Protection.SIGNED_AND_ENCRYPTED),
                        tuple("X-Own", Protection.SIGNED_AND_ENCRYPTED));
        assertThat(headers(encrypted(OUTER, entity)).fields())
                .extracting(HeaderState::protection)
                .containsExactly(
                        Protection.UNPROTECTED,
                        Protection.UNPROTECTED,
                        Protection.ENCRYPTED_ONLY,
                        Protection.ENCRYPTED_ONLY);
        assertThat(headers(encrypted(OUTER, entity)).protectedFields()).containsExactly("Subject", "X-Own");
        assertThat(headers(signed(OUTER, entity.replace("cipher", "clear"))).fields())
                .extracting(HeaderState::protection)
                .containsOnly(Protection.SIGNED_ONLY);
    }

    /** HP-Outer tells what was confidential, not what the outside looks like after its way. */
    @Test
    void anOutsideThatWasChangedDoesNotMakeAFieldConfidential() throws Exception {
        OpenFixture.Result result = both(OUTER.replace("bob@", "eve@"), INNER + HP_OUTER + TYPE + TEXT);
        assertThat(headers(result).fields()).contains(new HeaderState("To", Protection.SIGNED_ONLY));
        assertThat(headers(result).differences())
                .contains(new HeaderDifference("To", "eve@example.org", "bob@example.org", false));
        assertThat(result.text()).contains("To: bob@example.org\r\n").doesNotContain("eve@");
        assertThat(result.findings()).containsExactly(Finding.OUTER_RECIPIENTS_DIFFER);
    }

    @ParameterizedTest
    @CsvSource({
        "Cc, OUTER_RECIPIENTS_DIFFER",
        "Reply-To, OUTER_REPLY_TO_DIFFERS",
        "Mail-Followup-To, OUTER_REPLY_TO_DIFFERS",
        "Sender, OUTER_HEADER_DIFFERS",
        "References, OUTER_HEADER_DIFFERS",
        "Disposition-Notification-To, OUTER_HEADER_DIFFERS"
    })
    void whatOnlyTheOutsideHasIsNotShownWherePeopleWouldActOnIt(String name, Finding finding) throws Exception {
        OpenFixture.Result result = both(name + ": eve@example.net\r\n" + OUTER, INNER + HP_OUTER + TYPE + TEXT);
        assertThat(result.text()).doesNotContain("eve@example.net");
        assertThat(headers(result).differences()).contains(new HeaderDifference(name, "eve@example.net", null, false));
        assertThat(result.findings()).contains(finding);
    }

    @Test
    void datesListFieldsAndOwnFieldsOfServersStay() throws Exception {
        String added = "Date: Mon, 1 Jun 2026 11:00:00 +0000\r\nList-Id: <l.example.org>\r\nX-Spam: no\r\n";
        OpenFixture.Result result = both(added + OUTER, INNER + HP_OUTER + TYPE + TEXT);
        assertThat(result.text()).startsWith(added);
        assertThat(result.findings()).containsExactly(Finding.OUTER_DATE_DIFFERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: =?utf-8?Q?Alice?= <ALICE@EXAMPLE.ORG>",
                "From:  \"Alice\"\r\n <alice@example.org>",
                "from: Alice (home) <alice@example.org>"
            })
    void valuesThatSayTheSameDoNotDiffer(String from) throws Exception {
        String outer = from + "\r\n" + OUTER.replace("From: Alice <alice@example.org>\r\n", "");
        assertThat(both(outer, INNER + HP_OUTER + TYPE + TEXT).findings()).isEmpty();
    }

    @Test
    void anotherSenderOutsideIsShownUnlessTheSignerIsFoundGood() throws Exception {
        String outer = OUTER.replace("Alice <alice@example.org>", "list@example.net");
        OpenFixture.Result result = both(outer, INNER + HP_OUTER + TYPE + TEXT);
        assertThat(result.text()).contains("From: list@example.net\r\n").doesNotContain("alice@example.org");
        assertThat(result.opened().facts().protectedFrom()).containsExactly("Alice <alice@example.org>");
        assertThat(result.opened().facts().outerFrom()).containsExactly("list@example.net");
        assertThat(result.opened().signersForm()).isNotNull();
        assertThat(both(OUTER, INNER + HP_OUTER + TYPE + TEXT).opened().signersForm())
                .isNull();
    }

    @Test
    void withoutAnIntactSignatureOrEncryptionNothingIsProtected() throws Exception {
        String entity = INNER + "Content-Type: text/plain; hp=\"clear\"\r\n" + TEXT;
        String signed = OUTER
                + Messages.multipart(
                        entity, Messages.signedData(Messages.bytes(entity), false, ALICE, "SHA256withRSA"));
        OpenFixture.Result result = fixture.open(signed.replace("Subject: Hello", "Subject: Jello"));
        assertThat(result.text()).contains("Subject: [...]\r\n").doesNotContain("Jello");
        assertThat(headers(result)).isEqualTo(Headers.NONE);
        assertThat(result.opened().facts().protectedFrom()).isNull();
    }

    /** Only the root of the payload counts (RFC 9788 section 4.1). */
    @Test
    void theParameterMeansNothingElsewhere() throws Exception {
        String part =
                "Content-Type: multipart/mixed; boundary=p\r\n\r\n--p\r\n" + INNER + TYPE + TEXT + "\r\n--p--\r\n";
        assertThat(headers(both(OUTER, part))).isEqualTo(Headers.NONE);
        String between = Messages.multipart("Content-Type: text/plain\r\n" + TEXT, new byte[] {0x30, 0});
        assertThat(headers(encrypted(
                                OUTER,
                                INNER + between.replace("boundary=\"outer\"", "hp=\"cipher\"; boundary=\"outer\"")))
                        .scheme())
                .isNull();
        assertThat(headers(fixture.open(INNER + "Content-Type: text/plain; hp=clear\r\n" + TEXT)))
                .isEqualTo(Headers.NONE);
        assertThat(headers(both(OUTER, INNER + "Content-Type: text/plain; hp=\"other\"\r\n" + TEXT)))
                .isEqualTo(Headers.NONE);
    }

    @Test
    void olderSendersAreRead() throws Exception {
        OpenFixture.Result draft = both(
                OUTER.replace("[...]", "..."), INNER + "Content-Type: text/plain; protected-headers=\"v1\"\r\n" + TEXT);
        assertThat(draft.text()).contains("Subject: Hello\r\n").doesNotContain("protected-headers");
        assertThat(headers(draft).scheme()).isEqualTo(HeaderScheme.PROTECTED_HEADERS);
        assertThat(headers(draft).fields()).contains(new HeaderState("Subject", Protection.SIGNED_AND_ENCRYPTED));
        assertThat(draft.findings()).isEmpty();

        OpenFixture.Result wrapped = both(
                OUTER,
                "Content-Type: message/rfc822; forwarded=no\r\n\r\n" + INNER + "MIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain\r\n" + TEXT);
        assertThat(headers(wrapped).scheme()).isEqualTo(HeaderScheme.RFC8551);
        assertThat(wrapped.text())
                .isEqualTo(OUTER.replace("[...]", "Hello") + "X-Own: 1\r\nContent-Type: text/plain\r\n" + TEXT);
    }

    @Test
    void aForwardedMessageIsNotTakenForTheOneThatCarriesIt() throws Exception {
        String forwarded = "Content-Type: message/rfc822\r\n\r\n" + INNER.replace("alice@", "carol@")
                + "Date: Mon, 1 Jun 2026 11:00:00 +0000\r\nContent-Type: text/plain\r\n" + TEXT;
        OpenFixture.Result result = both(OUTER, forwarded);
        assertThat(headers(result)).isEqualTo(Headers.NONE);
        assertThat(result.text()).isEqualTo(OUTER + forwarded);
        String own = forwarded.replace("carol@", "alice@");
        assertThat(headers(both("Date: Tue, 2 Jun 2026 11:00:00 +0000\r\n" + OUTER, own)))
                .isEqualTo(Headers.NONE);
        assertThat(headers(both("Date: Mon, 1 Jun 2026 11:00:00 +0000\r\n" + OUTER, own))
                        .scheme())
                .isEqualTo(HeaderScheme.RFC8551);
    }

    @Test
    void ofTwoSubjectsInsideOneIsShown() throws Exception {
        OpenFixture.Result result = both(OUTER, INNER + "Subject: Second\r\n" + HP_OUTER + TYPE + TEXT);
        assertThat(result.findings()).containsExactly(Finding.DUPLICATE_PROTECTED_FIELD);
        assertThat(result.text()).contains("Subject: Hello\r\n").doesNotContain("Second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "quoted-printable", "base64"})
    void whatTheTextRepeatsOfTheHeaderIsLeftOut(String encoding) throws Exception {
        String text = "Subject: Hello\r\n\r\nHello Bob,\r\nthe text.\r\n";
        String body = encoding.equals("base64")
                ? Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                : text;
        String type = "Content-Type: text/plain; hp-legacy-display=\"1\"; charset=utf-8; hp=\"cipher\"\r\n";
        OpenFixture.Result result =
                both(OUTER, INNER + HP_OUTER + type + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + body);
        String clear = result.text();
        String shown = clear.substring(clear.indexOf("\r\n\r\n") + 4);
        assertThat(
                        encoding.equals("base64")
                                ? new String(Base64.getMimeDecoder().decode(shown), StandardCharsets.UTF_8)
                                : shown)
                .isEqualTo("Hello Bob,\r\nthe text.\r\n");
        assertThat(clear).contains("Content-Type: text/plain; charset=utf-8\r\n");
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void partsKeepWhatIsNotRepeated() throws Exception {
        String head = "Content-Type: multipart/mixed; boundary=m; hp=\"cipher\"\r\n\r\n";
        String parts = "--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n"
                + "Content-Type: text/plain;\r\n hp-legacy-display=1\r\n\r\nSubject: Hello\r\n\r\nplain\r\n"
                + "--a\r\nContent-Type: text/html; hp-legacy-display=\"1\"\r\n\r\n<html><body>\r\n"
                + "<div class='header-protection-legacy-display'><pre>Subject: H&#101;llo</pre></div>\r\n<p>html</p>\r\n"
                + "--a--\r\n\r\n--m\r\nContent-Type: text/plain; hp-legacy-display=\"1\"\r\n\r\nSubject: Hello\r\n\r\nfile\r\n--m--\r\n";
        String clear = both(OUTER, INNER + HP_OUTER + head + parts).text();
        assertThat(clear)
                .endsWith("Content-Type: multipart/mixed; boundary=m\r\n\r\n"
                        + parts.replaceFirst(";\r\n hp-legacy-display=1\r\n\r\nSubject: Hello\r\n\r\n", "\r\n\r\n")
                                .replaceFirst("text/html; hp-legacy-display=\"1\"", "text/html")
                                .replaceFirst("<div .*</div>\r\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject: Other\r\n\r\n", "Hidden text\r\n\r\n", "Subject: Hello", "\r\n"})
    void textIsNotTakenAwayOnTheWordOfAParameter(String start) throws Exception {
        String entity =
                INNER + HP_OUTER + "Content-Type: text/plain; hp-legacy-display=\"1\"; hp=\"cipher\"\r\n\r\n" + start;
        OpenFixture.Result result = both(OUTER, entity);
        assertThat(result.text()).endsWith("\r\n\r\n" + start);
        assertThat(result.findings()).containsExactly(Finding.LEGACY_DISPLAY_KEPT);
        assertThat(signed(OUTER, entity).text()).endsWith("\r\n\r\n" + start);
    }
}
