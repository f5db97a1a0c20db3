package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.Answer;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Fingerprint;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.trust.TrustOptions;

/** What the lines of the audit log say of what was done through a whole Zegel. */
class AuditEndToEndTest {
    private static final TestAuthority ROOT = TestAuthority.root("Audit root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String MAIL = TestZegel.message("Alice <alice@example.org>", "alice@example.org", "");

    @TempDir
    Path home;

    private TestZegel zegel;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE);
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void aSignatureIsWrittenWithTheDigestOfWhatWasSigned() throws Exception {
        String signed = zegel.sign(MAIL);

        SessionResult.AuditEntry line = newest();
        assertThat(line.operation()).isEqualTo("message.sign");
        assertThat(line.outcome()).isEqualTo("done");
        assertThat(line.client()).isEqualTo("local");
        assertThat(line.clientName()).isEqualTo("Zegel's command line");
        assertThat(line.certificate()).isEqualTo(Fingerprint.sha256(ALICE.certificate()));
        assertThat(line.digestAlgorithm()).isEqualTo("SHA-256");
        assertThat(line.digest()).isEqualTo(sha256(signedPart(signed)));
    }

    @Test
    void noSubjectIsKept() throws Exception {
        zegel.sign(MAIL);

        assertThat(newest().subject()).isNull();
        assertThat(lines(null)).allSatisfy(line -> assertThat(line.toString()).doesNotContain("Lunch"));
    }

    @Test
    void whoIsLetInOrNotIsWritten() throws Exception {
        Session client = zegel.pair(List.of(Scope.SIGN, Scope.VERIFY));
        String id = client.client().orElseThrow().id();
        assertThat(newest().operation()).isEqualTo("client.pair");
        assertThat(newest().client()).isEqualTo(id);
        assertThat(newest().clientName()).isEqualTo("Test client");
        assertThat(newest().detail()).isEqualTo("socket, sign verify");

        zegel.call(new SessionRequest.Revoke(id));
        assertThat(newest().operation()).isEqualTo("client.revoke");
        assertThat(newest().client()).isEqualTo("local");
        assertThat(newest().detail()).isEqualTo(id + " (Test client)");

        zegel.prompter.decision = Answer.Decision.DENY;
        assertThatThrownBy(() -> zegel.pair(List.of(Scope.SIGN))).isInstanceOf(RequestError.class);
        assertThat(newest().client()).isEqualTo("none");
        assertThat(newest().outcome()).isEqualTo("consent-denied");
        assertThat(newest().detail()).isEqualTo("socket, sign");

        zegel.prompter.decision = Answer.Decision.DENY_FOREVER;
        assertThatThrownBy(() -> zegel.pair(List.of(Scope.SIGN))).isInstanceOf(RequestError.class);
        assertThat(newest().detail()).isEqualTo("for good, socket, sign");
    }

    @Test
    void aYesToNothingIsWrittenAsANo() throws Exception {
        zegel.prompter.ticksNone = true;
        assertThatThrownBy(() -> zegel.pair(List.of(Scope.SIGN))).isInstanceOf(RequestError.class);
        assertThat(newest().operation()).isEqualTo("client.pair");
        assertThat(newest().outcome()).isEqualTo("consent-denied");
    }

    @Test
    void aClientThatLeavesIsWritten() throws Exception {
        Session client = zegel.pair(List.of(Scope.VERIFY));
        client.call(new SessionRequest.Unpair(), Progress.NONE);

        assertThat(newest().operation()).isEqualTo("client.unpair");
        assertThat(newest().clientName()).isEqualTo("Test client");
    }

    @Test
    void changesOfTrustAreWritten() throws Exception {
        ContentRef root = ContentRef.ofText(TestIdentity.pem(ROOT.certificate()));
        String sha256 = Fingerprint.sha256(ROOT.certificate());
        zegel.call(new CertificateRequest.AddTrust(root, null));
        zegel.call(new CertificateRequest.RemoveTrust(sha256));
        zegel.prompter.decision = Answer.Decision.DENY;
        assertThatThrownBy(() -> zegel.call(new CertificateRequest.AddTrust(root, null)))
                .isInstanceOf(RequestError.class);

        assertThat(lines(null))
                .allSatisfy(line -> assertThat(line.certificate()).isEqualTo(sha256))
                .extracting(line -> line.operation() + " " + line.detail() + " " + line.outcome())
                .containsExactly(
                        "trust.add authority consent-denied",
                        "trust.remove authority done",
                        "trust.add authority done");
    }

    @Test
    void certificatesThatAreKeptOrForgottenAreWritten() throws Exception {
        String sha256 = Fingerprint.sha256(ALICE.certificate());
        zegel.know(ALICE);
        zegel.call(new CertificateRequest.Remove(sha256));
        zegel.prompter.decision = Answer.Decision.DENY;
        assertThatThrownBy(() -> zegel.know(ALICE)).isInstanceOf(RequestError.class);

        assertThat(lines(null))
                .allSatisfy(line -> assertThat(line.certificate()).isEqualTo(sha256))
                .extracting(line -> line.operation() + " " + line.detail() + " " + line.outcome())
                .containsExactly(
                        "certificate.import pinned consent-denied",
                        "certificate.remove null done",
                        "certificate.import pinned done");
    }

    @Test
    void keysThatComeAndPassphrasesThatChangeAreWritten(@TempDir Path files) throws Exception {
        TestIdentity bob = ROOT.issue(Spec.mail("Bob", "bob@example.org"));
        Path file = bob.writeP12(files.resolve("bob.p12"), ScriptedPrompter.PASSPHRASE.toCharArray());
        zegel.call(new StoreRequest.ImportIdentity(ContentRef.ofBytes(Files.readAllBytes(file))));
        assertThat(newest().operation()).isEqualTo("identity.import");
        assertThat(newest().certificate()).isEqualTo(Fingerprint.sha256(bob.certificate()));

        zegel.call(new StoreRequest.ExportIdentity(Objects.requireNonNull(newest().identity())));
        assertThat(newest().operation()).isEqualTo("identity.export");
        zegel.call(new StoreRequest.ChangePassphrase(null));
        assertThat(newest().operation()).isEqualTo("store.changePassphrase");
        assertThat(newest().outcome()).isEqualTo("done");
        assertThatThrownBy(() -> zegel.call(new StoreRequest.ImportIdentity(ContentRef.ofText("no key file"))))
                .isInstanceOf(RequestError.class);
        assertThat(newest().outcome()).isEqualTo("import-failed");
    }

    @Test
    void linesArePaged() throws Exception {
        for (int i = 0; i < 5; i++) {
            zegel.sign(MAIL);
        }

        List<Long> all =
                lines(null).stream().map(SessionResult.AuditEntry::number).toList();
        List<SessionResult.AuditEntry> first = lines(new SessionRequest.ListAudit(null, null, "local", null, 3));
        List<SessionResult.AuditEntry> second = lines(new SessionRequest.ListAudit(
                null, null, "local", first.getLast().number(), 3));
        assertThat(first).extracting(SessionResult.AuditEntry::number).isEqualTo(all.subList(0, 3));
        assertThat(second).extracting(SessionResult.AuditEntry::number).isEqualTo(all.subList(3, all.size()));
        assertThat(lines(new SessionRequest.ListAudit(TestZegel.NOW, null, null, null, 10)))
                .hasSameSizeAs(all);
        assertThat(lines(new SessionRequest.ListAudit(TestZegel.NOW.plusSeconds(1), null, null, null, 10)))
                .isEmpty();
        assertThat(lines(new SessionRequest.ListAudit(null, TestZegel.NOW, null, null, 10)))
                .isEmpty();
        assertThat(lines(new SessionRequest.ListAudit(null, null, "another", null, 10)))
                .isEmpty();
    }

    private SessionResult.AuditEntry newest() throws RequestError {
        return lines(null).getFirst();
    }

    private List<SessionResult.AuditEntry> lines(SessionRequest.@Nullable ListAudit wanted) throws RequestError {
        return ((SessionResult.Audit) zegel.call(wanted == null ? new SessionRequest.ListAudit(null) : wanted))
                .entries();
    }

    /** The first part of multipart/signed, as RFC 1847 has it: without the line end that belongs to the boundary. */
    private static String signedPart(String message) {
        int header = message.indexOf("boundary=\"") + "boundary=\"".length();
        String boundary = "--" + message.substring(header, message.indexOf('"', header));
        int start = message.indexOf("\r\n" + boundary + "\r\n") + boundary.length() + 4;
        return message.substring(start, message.indexOf("\r\n" + boundary, start));
    }

    private static String sha256(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
