package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;

/** Odd wrappings, and what is whole and what is only a part. */
class StructureTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String MIXED = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n";

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(ALICE);
    }

    private static byte[] opaque() throws Exception {
        return Messages.signedData(Messages.bytes(Messages.ENTITY), true, ALICE, "SHA256withRSA");
    }

    private static SignerFacts only(OpenFixture.Result result) {
        assertThat(result.opened().facts().signers()).hasSize(1);
        return result.opened().facts().signers().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                "application/x-pkcs7-mime; smime-type=signed-data",
                "application/pkcs7-mime",
                "application/pkcs7-mime; smime-type=enveloped-data",
                "Application/PKCS7-MIME; smime-type=\"certs-only\"",
                "application/octet-stream; name=\"smime.p7m\"",
                "application/octet-stream; name=SMIME.P7M",
                "application/octet-stream\r\nContent-Disposition: attachment; filename=smime.p7m",
                "application/x-pkcs7-signature; name=smime.p7s",
            })
    void contentTypeOfTheCmsDecides(String declared) throws Exception {
        String message = Messages.HEADER + "Content-Type: " + declared + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Messages.base64(opaque()) + "\r\n";
        OpenFixture.Result result = fixture.open(message);
        assertThat(only(result).integrity()).isEqualTo(Integrity.INTACT);
        assertThat(only(result).coversWhole()).isTrue();
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
    }

    @Test
    void whiteSpaceAtTheEndOfHeaderFieldsStays() throws Exception {
        String header = Messages.HEADER + "X-Spaces:   as  written\t \r\nX-Empty:\r\nX-Blank: \r\n";
        OpenFixture.Result result = fixture.open(header + Messages.entity("signed-data", opaque()));
        assertThat(result.text()).isEqualTo(header + Messages.ENTITY);
    }

    @Test
    void binaryAndUndeclaredBase64AreRead() throws Exception {
        String header = Messages.HEADER + "Content-Type: application/pkcs7-mime\r\n";
        byte[] binary =
                Messages.concatenated(Messages.bytes(header + "Content-Transfer-Encoding: binary\r\n\r\n"), opaque());
        assertThat(only(fixture.open(binary)).integrity()).isEqualTo(Integrity.INTACT);
        String undeclared = header + "\r\n" + Messages.base64(opaque());
        assertThat(only(fixture.open(undeclared)).integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void otherAttachmentsAreLeftAlone() throws Exception {
        String message = Messages.HEADER + "Content-Type: application/octet-stream; name=a.bin\r\n\r\nxyz\r\n";
        OpenFixture.Result result = fixture.open(message);
        assertThat(result.text()).isEqualTo(message);
        assertThat(result.opened().facts().layers().getFirst().kind()).isEqualTo(Layer.Kind.PART);
    }

    @Test
    void listFooterLeavesTheSignatureAPart() throws Exception {
        String signed = Messages.multipart(
                Messages.ENTITY, Messages.signedData(Messages.bytes(Messages.ENTITY), false, ALICE, "SHA256withRSA"));
        String message = Messages.HEADER + MIXED + signed + "\r\n--m\r\n\r\n-- \r\nlist\r\n--m--\r\n";
        OpenFixture.Result result = fixture.open(message);
        assertThat(only(result).integrity()).isEqualTo(Integrity.INTACT);
        assertThat(only(result).coversWhole()).isFalse();
        assertThat(result.text()).isEqualTo(message);
        Layer root = result.opened().facts().layers().getFirst();
        assertThat(root.kind()).isEqualTo(Layer.Kind.MULTIPART);
        assertThat(root.children().getFirst().whole()).isFalse();
        assertThat(root.children().getFirst().signers()).containsExactly(0);
    }

    @Test
    void partAddedAfterTheSignatureIsNotCovered() throws Exception {
        String message = Messages.signedMessage(Messages.ENTITY, ALICE)
                .replace("--outer--", "--outer\r\n\r\nadded\r\n--outer--");
        OpenFixture.Result result = fixture.open(message);
        assertThat(only(result).coversWhole()).isFalse();
        assertThat(result.opened().facts().layers().getFirst().findings()).contains(Finding.PARTS_AFTER_SIGNATURE);
        assertThat(result.text()).isEqualTo(message);
    }

    @Test
    void attachedSignedMessageIsReportedAsAPart() throws Exception {
        String message = Messages.HEADER + MIXED + "\r\nhi\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n"
                + Messages.signedMessage(Messages.ENTITY, ALICE) + "\r\n--m--\r\n";
        OpenFixture.Result result = fixture.open(message);
        assertThat(only(result).integrity()).isEqualTo(Integrity.INTACT);
        assertThat(only(result).coversWhole()).isFalse();
        assertThat(result.text()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=p",
                "multipart/signed; protocol=\"application/pgp-signature\"; boundary=p"
            })
    void openPgpIsLeftByteForByte(String type) throws Exception {
        String message = Messages.HEADER + "Content-Type: " + type
                + "\r\n\r\n--p\r\n\r\na \r\n--p\r\nContent-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP"
                + "\r\n--p--\r\n";
        OpenFixture.Result result = fixture.open(message);
        assertThat(result.text()).isEqualTo(message);
        assertThat(result.opened().facts().layers().getFirst().kind()).isEqualTo(Layer.Kind.OPENPGP);
        assertThat(result.opened().facts().signers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc",
                "application/pgp-keys; name=key.asc\r\n\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----",
                "application/pgp-encrypted\r\n\r\nVersion: 1"
            })
    void openPgpWithoutItsMultipartIsNamed(String part) throws Exception {
        String message = Messages.HEADER + MIXED + "Content-Type: " + part + "\r\n--m--\r\n";
        OpenFixture.Result result = fixture.open(message);
        Layer root = result.opened().facts().layers().getFirst();
        assertThat(root.children().getFirst().kind()).isEqualTo(Layer.Kind.OPENPGP);
        assertThat(result.text()).isEqualTo(message);
    }

    @Test
    void theSecondPartSaysWhatSignatureItIsWhateverTheProtocol() throws Exception {
        String message = Messages.signedMessage(Messages.ENTITY, ALICE)
                .replace("protocol=\"application/pkcs7-signature\"", "protocol=\"application/pgp-signature\"");
        assertThat(only(fixture.open(message)).coversWhole()).isTrue();
        String openPgp = Messages.signedMessage(Messages.ENTITY, ALICE)
                .replace("Content-Type: application/pkcs7-signature", "Content-Type: application/pgp-signature");
        OpenFixture.Result result = fixture.open(openPgp);
        assertThat(result.opened().facts().layers().getFirst().kind()).isEqualTo(Layer.Kind.OPENPGP);
        assertThat(result.opened().facts().signers()).isEmpty();
    }

    @Test
    void oddMimeAroundTheWholeIsTheMessagesOwnAndElsewhereThePartsAlone() throws Exception {
        String signed = Messages.multipart(
                        Messages.ENTITY,
                        Messages.signedData(Messages.bytes(Messages.ENTITY), false, ALICE, "SHA256withRSA"))
                .replace("boundary=\"outer\"", "boundary=\"outer\"; boundary=\"other\"");
        OpenFixture.Result whole = fixture.open(Messages.HEADER + signed);
        assertThat(whole.findings()).containsExactly(Finding.DUPLICATE_PARAMETER);
        OpenFixture.Result part = fixture.open(Messages.HEADER + MIXED + signed + "\r\n--m--\r\n");
        assertThat(part.findings()).isEmpty();
        Layer layer = part.opened().facts().layers().getFirst().children().getFirst();
        assertThat(layer.findings()).containsExactly(Finding.DUPLICATE_PARAMETER);
        assertThat(part.opened().facts().signers().getFirst().coversWhole()).isFalse();
    }

    @Test
    void theClearMessageSaysThatItIsMime() throws Exception {
        String signed = Messages.signedMessage(Messages.ENTITY, ALICE);
        assertThat(fixture.open(signed.replace("MIME-Version: 1.0\r\n", "")).text())
                .isEqualTo(Messages.HEADER + Messages.ENTITY);
        assertThat(fixture.open(signed).text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
    }

    @Test
    void contentGivenTwiceIsNotIntact() throws Exception {
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.multipart(Messages.ENTITY, opaque()));
        assertThat(only(result).integrity()).isEqualTo(Integrity.UNVERIFIABLE);
        assertThat(only(result).findings()).containsExactly(Finding.CONTENT_TWICE);
    }

    @Test
    void certificatesOnlyIsNoSignature() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(List.of(ALICE.certificate())));
        byte[] cms = generator.generate(new CMSAbsentContent()).getEncoded();
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.entity("certs-only", cms));
        assertThat(result.opened().facts().layers().getFirst().kind()).isEqualTo(Layer.Kind.CERTS_ONLY);
        assertThat(result.opened().facts().signers()).isEmpty();
    }

    @Test
    void unreadableSignatureIsAltered() throws Exception {
        String message = Messages.HEADER + Messages.multipart(Messages.ENTITY, new byte[] {0x30, 3, 2, 1, 1});
        OpenFixture.Result result = fixture.open(message);
        assertThat(only(result).integrity()).isEqualTo(Integrity.ALTERED);
        assertThat(result.text()).isEqualTo(Messages.HEADER + Messages.ENTITY);
    }

    @Test
    void unreadableEncryptionFails() throws Exception {
        OpenFixture.Result result =
                fixture.open(Messages.HEADER + Messages.entity("enveloped-data", new byte[] {0x30, 3, 2, 1, 1}));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.FAILED);
        assertThat(result.clear()).isNull();
    }

    @Test
    void outerHeaderStaysAndContentFieldsComeFromInside() throws Exception {
        String inner =
                "Content-Type: text/plain;\r\n\tcharset=utf-8\r\nX-Inner: 1\r\nContent-Language: nl\r\n\r\nk\u00c3\u00b6rper\r\n";
        byte[] cms = Messages.enveloped(Messages.bytes(inner), CMSAlgorithm.AES256_CBC, ALICE);
        String header = "Received: from a\r\n\tby b\r\nFrom: a@example.org\r\nSender: s@example.org\r\nSubject: x\r\n";
        OpenFixture.Result result =
                fixture.open((header + Messages.entity("enveloped-data", cms)).replace("\r\n", "\n"));
        assertThat(result.text())
                .isEqualTo(
                        header
                                + "MIME-Version: 1.0\r\nContent-Type: text/plain;\r\n\tcharset=utf-8\r\nContent-Language: nl\r\n\r\nk\u00c3\u00b6rper\r\n");
        assertThat(result.opened().facts().addresses().sender()).containsExactly("s@example.org");
    }

    @Test
    void protectedFromIsTheOneInside() throws Exception {
        String inner = "From: inner@example.org\r\nContent-Type: text/plain; hp=\"clear\"\r\n\r\nx\r\n";
        OpenFixture.Result result = fixture.open(Messages.signedMessage(inner, ALICE));
        assertThat(result.opened().facts().protectedFrom()).containsExactly("inner@example.org");
        assertThat(result.opened().facts().outerFrom()).containsExactly("Alice <alice@example.org>");
        assertThat(fixture.open(Messages.signedMessage(Messages.ENTITY, ALICE))
                        .opened()
                        .facts()
                        .protectedFrom())
                .isNull();
    }

    @Test
    void whatIsNoMessageAtAllIsRefused() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> fixture.open(new byte[] {0, 1, 2}))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MESSAGE_MALFORMED));
    }
}
