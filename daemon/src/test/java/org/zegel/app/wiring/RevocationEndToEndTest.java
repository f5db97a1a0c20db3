package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Configuration;
import org.zegel.app.config.Home;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.RevocationExtensions;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestCrl;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestWeb;
import org.zegel.fixtures.samples.Mail;
import org.zegel.fixtures.samples.Make;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Finding;
import org.zegel.model.Progress;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.Seal;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.trust.TrustOptions;

/** A message whose revocation is looked up by the whole of Zegel, as configured, with its cache in the home. */
class RevocationEndToEndTest {
    private static final TestAuthority ROOT =
            TestAuthority.root(Spec.authority("Root").key(KeyKind.P256));

    @TempDir
    Path folder;

    private TestWeb web;
    private TestAuthority authority;
    private TestIdentity alice;
    private byte[] message;

    @BeforeEach
    void publish() throws Exception {
        web = new TestWeb();
        authority = ROOT.subordinate(Spec.authority("CA")
                .key(KeyKind.P256)
                .extension(RevocationExtensions.crls(
                        web.serve("/root.crl", TestCrl.by(ROOT).encoded()))));
        alice = authority.issue(Spec.mail("Alice", "alice@example.org")
                .key(KeyKind.P256)
                .extension(RevocationExtensions.crls(web.url("/ca.crl"))));
        web.serve("/ca.crl", TestCrl.by(authority).encoded());
        message = Make.signed(Mail.usual(), alice);
    }

    @AfterEach
    void close() {
        web.close();
    }

    private Verdict open(String config, boolean offline) throws Exception {
        Home home = new Home(folder, true);
        Files.writeString(home.config(), "[trust]\nsystem-anchors = false\n" + config);
        TrustOptions trust = new TrustOptions(List.of(ROOT.certificate()), List.of(), List.of(), null, false);
        try (Zegel zegel = Zegel.open(Setup.of(home, Configuration.load(home), new ScriptedPrompter(), TestZegel.CLOCK)
                        .withTrust(trust));
                Session session = zegel.inProcess(new Caller(Door.IN_PROCESS, null, null, null, "test"))) {
            String text = new String(message, StandardCharsets.ISO_8859_1);
            return ((MessageResult.Opened) session.call(
                            new MessageRequest.Open(ContentRef.ofText(text), offline, null), Progress.NONE))
                    .verdict();
        }
    }

    private static final String NEAR = "[trust.network]\nprivate-addresses = true\n";

    @Test
    void theNetworkSettlesItAndTheCacheRemembersAcrossRuns() throws Exception {
        assertThat(open(NEAR, false).seal()).isEqualTo(Seal.VALID);
        assertThat(web.asked()).containsExactlyInAnyOrder("GET /root.crl", "GET /ca.crl");
        web.close();
        assertThat(open(NEAR, true).seal()).isEqualTo(Seal.VALID);
    }

    @Test
    void aRevocationOnTheNetworkBreaksTheSeal() throws Exception {
        web.serve(
                "/ca.crl",
                TestCrl.by(authority)
                        .revoke(alice.certificate(), CRLReason.keyCompromise)
                        .encoded());
        Verdict verdict = open(NEAR, false);
        assertThat(verdict.seal()).isEqualTo(Seal.BROKEN);
        assertThat(verdict.signers().getFirst().chain().reason()).isEqualTo(Finding.CERTIFICATE_REVOKED);
    }

    @Test
    void aCallOrTheConfigurationKeepsItOffline() throws Exception {
        assertThat(findings(open(NEAR, true))).contains(Finding.REVOCATION_NOT_CHECKED);
        assertThat(findings(open("offline = true\n" + NEAR, false))).contains(Finding.REVOCATION_NOT_CHECKED);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void byDefaultNothingNearIsAsked() throws Exception {
        Verdict verdict = open("", false);
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(findings(verdict)).contains(Finding.REVOCATION_UNKNOWN, Finding.REVOCATION_SOURCE_REFUSED);
        assertThat(web.asked()).isEmpty();
    }

    private static List<Finding> findings(Verdict verdict) {
        return verdict.signers().getFirst().findings();
    }
}
