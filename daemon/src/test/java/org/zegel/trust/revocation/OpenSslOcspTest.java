package org.zegel.trust.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.RevocationExtensions;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.trust.ChainAssessment;

/** Answers of openssl's own OCSP responder, brought over HTTP. */
class OpenSslOcspTest extends RevocationFixture {
    @TempDir
    private Path directory;

    private OpenSsl openssl;
    private TestIdentity leaf;
    private TestIdentity responder;

    @BeforeEach
    void prepare() throws Exception {
        // openssl answers as of its own clock.
        clock = Clock.systemUTC();
        openssl = new OpenSsl(directory);
        ROOT.identity().writePem(directory, "root");
        responder = ROOT.issue(responder().extension(RevocationExtensions.noCheck()));
        responder.writePem(directory, "responder");
        leaf = alice(RevocationExtensions.access(web.url("/ocsp"), null));
    }

    private void index(String line) throws IOException {
        Files.writeString(directory.resolve("index.txt"), line);
        Files.writeString(directory.resolve("index.txt.attr"), "unique_subject = no\n");
    }

    private String serial(TestIdentity identity) {
        String hex = identity.certificate().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    private byte[] answer(byte[] request, String... more) throws IOException {
        Files.write(directory.resolve("request.der"), request);
        List<String> arguments = new ArrayList<>(List.of(
                "ocsp",
                "-index",
                "index.txt",
                "-CA",
                "root.crt.pem",
                "-rsigner",
                "responder.crt.pem",
                "-rkey",
                "responder.key.pem",
                "-reqin",
                "request.der",
                "-respout",
                "answer.der"));
        arguments.addAll(List.of(more));
        openssl.run(arguments.toArray(String[]::new));
        return Files.readAllBytes(directory.resolve("answer.der"));
    }

    private ChainAssessment judged(String... more) {
        web.serve("/ocsp", request -> answer(request, more));
        return online(leaf);
    }

    @Test
    void goodIsGood() throws Exception {
        index("V\t450101000000Z\t\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        assertGood(judged("-ndays", "1"));
        assertThat(web.asked()).containsExactly("POST /ocsp");
        assertThat(cache.answers()).isEqualTo(1);
        assertGood(judged("-ndays", "1"));
        assertThat(web.asked()).as("asked once, then kept").hasSize(1);
    }

    @Test
    void goodWithoutANextUpdateIsGood() throws Exception {
        index("V\t450101000000Z\t\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        assertGood(judged());
    }

    @Test
    void revokedIsRevoked() throws Exception {
        index("R\t450101000000Z\t260101000000Z,keyCompromise\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        assertRevoked(judged("-ndays", "1"));
    }

    @Test
    void onHoldIsRevokedAndSaidSo() throws Exception {
        index("R\t450101000000Z\t260101000000Z,certificateHold\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        ChainAssessment assessed = judged("-ndays", "1");
        assertRevoked(assessed);
        assertThat(assessed.findings()).containsExactly(Finding.CERTIFICATE_ON_HOLD);
    }

    @Test
    void unknownIsUnknown() throws Exception {
        index("V\t450101000000Z\t\t01FFFF\tunknown\t/CN=Somebody\n");
        assertUnknown(judged("-ndays", "1"), Finding.OCSP_UNKNOWN_CERTIFICATE);
        assertThat(cache.answers()).isZero();
    }

    @Test
    void aResponderOfAnotherAuthorityIsNotBelieved() throws Exception {
        var other = TestAuthority.root("Root", KeyKind.P256);
        other.issue(responder().extension(RevocationExtensions.noCheck())).writePem(directory, "responder");
        index("V\t450101000000Z\t\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        assertUnknown(judged("-ndays", "1"), Finding.OCSP_RESPONDER_UNAUTHORIZED);
        assertThat(cache.answers()).isZero();
    }

    @Test
    void theAuthorityItselfMayAnswer() throws Exception {
        ROOT.identity().writePem(directory, "responder");
        index("V\t450101000000Z\t\t" + serial(leaf) + "\tunknown\t/CN=Alice\n");
        assertGood(judged("-ndays", "1", "-resp_key_id"));
    }
}
