package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Fingerprint;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
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
