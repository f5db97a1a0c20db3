package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.Layer;
import org.zegel.model.Progress;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.smime.DecryptionKeys;
import org.zegel.store.BoundKey;

/** When clear text is given, and what the padlock shows (DESIGN: the verdict). */
class ReleaseRulesTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(BOB);
    }

    private static String cbc(String entity) throws Exception {
        return Messages.HEADER
                + Messages.entity(
                        "enveloped-data", Messages.enveloped(Messages.bytes(entity), CMSAlgorithm.AES256_CBC, BOB));
    }

    private static String gcm(String entity) throws Exception {
        return Messages.HEADER
                + Messages.entity(
                        "authEnveloped-data",
                        Messages.authEnveloped(Messages.bytes(entity), null, Messages.transport(BOB)));
    }

    private static String signed(String entity) throws Exception {
        return Messages.multipart(entity, Messages.signedData(Messages.bytes(entity), false, ALICE, "SHA256withRSA"));
    }

    private static String opaque(String entity) throws Exception {
        return Messages.entity(
                "signed-data", Messages.signedData(Messages.bytes(entity), true, ALICE, "SHA256withRSA"));
    }

    @Test
    void unauthenticatedEncryptionAloneIsWeak() throws Exception {
        OpenFixture.Result result = fixture.open(cbc(Messages.ENTITY));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.WEAK);
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
        assertThat(result.opened().facts().decryptedWith().certificate()).isEqualTo(BOB.certificate());
    }

    @Test
    void unauthenticatedEncryptionAroundAnIntactSignatureIsClosed() throws Exception {
        OpenFixture.Result result = fixture.open(cbc(signed(Messages.ENTITY)));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
        assertThat(result.opened().facts().signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.coversWhole()).isTrue());
    }

    @Test
    void unauthenticatedEncryptionAroundAnAlteredSignatureGivesNothing() throws Exception {
        OpenFixture.Result result = fixture.open(cbc(signed(Messages.ENTITY).replace("Hello", "Hallo")));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.FAILED);
        assertThat(result.clear()).isNull();
        assertThat(result.opened().facts().signers().getFirst().integrity()).isEqualTo(Integrity.ALTERED);
    }

    /** As a mailing list does that signs what it passes on, after its footer broke the author's signature. */
    @Test
    void anIntactSignatureAroundAnAlteredOneStillKnowsTheClearText() throws Exception {
        String broken = signed(Messages.ENTITY).replace("Hello", "Hallo");
        OpenFixture.Result result = fixture.open(cbc(opaque(broken)));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(result.opened().facts().signers())
                .extracting(signer -> signer.integrity())
                .containsExactlyInAnyOrder(Integrity.INTACT, Integrity.ALTERED);
    }

    @Test
    void whatWasWeaklyEncryptedMustNotLoadAnything() throws Exception {
        assertThat(fixture.open(cbc(Messages.ENTITY)).findings()).containsExactly(Finding.REMOTE_CONTENT_UNSAFE);
        assertThat(fixture.open(cbc(signed(Messages.ENTITY))).findings()).isEmpty();
        assertThat(fixture.open(gcm(Messages.ENTITY)).findings()).isEmpty();
    }

    @Test
    void signaturesAroundEncryptionAreMarkedAndThoseInsideAreNot() throws Exception {
        String inside = Messages.entity(
                "enveloped-data",
                Messages.enveloped(Messages.bytes(signed(Messages.ENTITY)), CMSAlgorithm.AES256_CBC, BOB));
        OpenFixture.Result result = fixture.open(Messages.HEADER + signed(opaque(inside)));
        List<Boolean> marked = result.opened().facts().signers().stream()
                .map(signer -> signer.findings().contains(Finding.ENCRYPTED_THEN_SIGNED))
                .toList();
        assertThat(marked).hasSize(3);
        assertThat(marked.stream().filter(Boolean::booleanValue)).hasSize(2);
        Layer deepest = result.opened().facts().layers().getFirst();
        while (deepest.kind() != Layer.Kind.ENVELOPED_DATA) {
            deepest = deepest.children().getFirst();
        }
        int innermost = deepest.children().getFirst().signers().getFirst();
        assertThat(marked.get(innermost)).isFalse();
    }

    @Test
    void signatureOfOnePartOnlyDoesNotCloseAnUnauthenticatedLayer() throws Exception {
        String mixed = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + signed(Messages.ENTITY)
                + "\r\n--m\r\n\r\nfooter\r\n--m--\r\n";
        OpenFixture.Result result = fixture.open(cbc(mixed));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.WEAK);
        assertThat(result.opened().facts().signers().getFirst().coversWhole()).isFalse();
        assertThat(result.opened().facts().signers().getFirst().integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void authenticatedEncryptionIsClosedEvenAroundAnAlteredSignature() throws Exception {
        OpenFixture.Result plain = fixture.open(gcm(Messages.ENTITY));
        assertThat(plain.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(plain.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
        OpenFixture.Result altered = fixture.open(gcm(signed(Messages.ENTITY).replace("Hello", "Hallo")));
        assertThat(altered.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(altered.opened().facts().signers().getFirst().integrity()).isEqualTo(Integrity.ALTERED);
    }

    @Test
    void oldCiphersStayWeakWhateverIsInside() throws Exception {
        byte[] cms = Messages.enveloped(Messages.bytes(signed(Messages.ENTITY)), CMSAlgorithm.RC2_CBC, BOB);
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.entity("enveloped-data", cms));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.WEAK);
        assertThat(result.opened().facts().signers().getFirst().integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void tripleWrappingKeepsAllLayers() throws Exception {
        String inner = signed(Messages.ENTITY);
        String encrypted = Messages.entity(
                "enveloped-data", Messages.enveloped(Messages.bytes(inner), CMSAlgorithm.AES128_CBC, BOB));
        OpenFixture.Result result = fixture.open(Messages.HEADER + signed(encrypted));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(result.opened().facts().signers())
                .hasSize(2)
                .allMatch(signer -> signer.coversWhole() && signer.integrity() == Integrity.INTACT);
        Layer outer = result.opened().facts().layers().getFirst();
        assertThat(outer.kind()).isEqualTo(Layer.Kind.MULTIPART_SIGNED);
        assertThat(outer.children().getFirst().kind()).isEqualTo(Layer.Kind.ENVELOPED_DATA);
        assertThat(outer.children().getFirst().algorithm()).isEqualTo("AES-128-CBC");
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
        assertThat(fixture.bound).hasSize(1);
    }

    @Test
    void withoutAMatchingIdentityNothingIsGivenAndNobodyIsAsked() throws Exception {
        OpenFixture other = new OpenFixture(directory).with(ALICE);
        OpenFixture.Result result = other.open(cbc(Messages.ENTITY));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.FAILED);
        assertThat(result.clear()).isNull();
        assertThat(result.findings()).containsExactly(Finding.NO_MATCHING_IDENTITY);
        assertThat(other.bound).isEmpty();
    }

    @Test
    void encryptedPartBesideClearOnesStaysClosed() throws Exception {
        String encrypted = cbc(Messages.ENTITY).substring(Messages.HEADER.length());
        OpenFixture.Result result = fixture.open(Messages.HEADER
                + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n<img src=\"http://x/"
                + "\r\n--m\r\n" + encrypted + "\r\n--m\r\nContent-Type: text/html\r\n\r\n\">\r\n--m--\r\n");
        assertThat(result.findings()).containsExactly(Finding.ENCRYPTED_PART_NOT_WHOLE);
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.NONE);
        assertThat(result.text()).contains("pkcs7-mime").doesNotContain("Hello Bob");
        assertThat(fixture.bound).isEmpty();
    }

    @Test
    void plainMessageIsGivenBackUnchanged() throws Exception {
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.ENTITY);
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.NONE);
        assertThat(result.opened().facts().outerFrom()).containsExactly("Alice <alice@example.org>");
    }

    @Test
    void refusedConsentPassesThrough() throws Exception {
        DecryptionKeys refusing = new DecryptionKeys() {
            @Override
            public List<Identity> identities() {
                return List.of(TestBoundKey.of(BOB).identity());
            }

            @Override
            public BoundKey bind(Identity identity) throws Failure {
                throw new Failure(Failure.Kind.CONSENT_DENIED, "no");
            }
        };
        byte[] message = Messages.bytes(cbc(Messages.ENTITY));
        try (Workspace workspace = new EncryptedSpool(directory, ContentLimits.DEFAULT).open()) {
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() ->
                            MessageOpener.open(Content.of(message), refusing, List.of(), workspace, Progress.NONE))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.CONSENT_DENIED));
        }
    }

    @Test
    void inspectingUsesNoKeys() throws Exception {
        byte[] message = Messages.bytes(cbc(Messages.ENTITY));
        try (Workspace workspace = new EncryptedSpool(directory, ContentLimits.DEFAULT).open()) {
            List<Layer> layers = MessageInspector.inspect(Content.of(message), workspace);
            assertThat(layers.getFirst().kind()).isEqualTo(Layer.Kind.ENVELOPED_DATA);
            assertThat(layers.getFirst().findings()).isEmpty();
        }
    }
}
