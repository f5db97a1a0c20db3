package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Nss;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.peers.Workbench.Opened;
import org.zegel.smime.SignOptions.Mode;

/** NSS, the library of Thunderbird and Firefox, verifies and decrypts what we make, and the other way round. */
class NssPeerTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String EMAIL_SIGNER = "4";
    private static final byte[] MESSAGE = ("From: alice@example.org\r\nContent-Type: text/plain\r\n\r\n"
                    + "Hello Bob,\r\nthe text.\r\n")
            .getBytes(ISO_8859_1);
    private static final byte[] DATA = "Hello Bob,\r\nthe text.\r\n".getBytes(ISO_8859_1);

    @TempDir
    Path directory;

    private Workbench bench;
    private Nss nss;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Workbench(directory, ROOT, ALICE);
        nss = new Nss(directory, ROOT.certificate());
    }

    private TestIdentity signer(KeyKind kind) {
        return ROOT.subordinate("CA")
                .issue(Spec.mail("Alice", "alice@example.org").key(kind));
    }

    private void file(String name, byte[] bytes) throws Exception {
        Files.write(directory.resolve(name), bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "RSA_3072", "P256", "P384", "P521"})
    void verifiesOpaqueSignatures(KeyKind kind) throws Exception {
        byte[] signed = bench.signBytes(DATA, signer(kind), Mode.OPAQUE);
        file("signed", signed);
        assertThat(nss.cmsutil("-D", "-i", "signed", "-u", EMAIL_SIGNER)).isEqualTo(DATA);
        file("signed", new String(signed, ISO_8859_1).replace("Bob", "Rob").getBytes(ISO_8859_1));
        assertThat(nss.tryCmsutil("-D", "-i", "signed", "-u", EMAIL_SIGNER).succeeded())
                .isFalse();
        assertThat(status("signed")).isEqualTo("DigestMismatch");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "P256", "P384", "P521"})
    void verifiesDetachedSignaturesAndRefusesOtherContent(KeyKind kind) throws Exception {
        file("signature", bench.signBytes(DATA, signer(kind), Mode.DETACHED));
        file("content", DATA);
        assertThat(nss.cmsutil("-D", "-i", "signature", "-c", "content", "-u", EMAIL_SIGNER))
                .isEqualTo(DATA);
        assertThat(status("signature", "-c", "content")).isEqualTo("GoodSignature");
        file("content", "Hello Rob,\r\nthe text.\r\n".getBytes(ISO_8859_1));
        assertThat(nss.tryCmsutil("-D", "-i", "signature", "-c", "content", "-u", EMAIL_SIGNER)
                        .succeeded())
                .isFalse();
        assertThat(status("signature", "-c", "content")).isEqualTo("DigestMismatch");
    }

    @Test
    void verifiesAClearSignedMessagesParts() throws Exception {
        String message = text(bench.sign(MESSAGE, ALICE, Mode.DETACHED));
        Matcher parts = Pattern.compile("(?s)\r\n--(=_zegel-\\w+)\r\n(.*)\r\n--\\1\r\n.*?\r\n\r\n(.*)\r\n--\\1--")
                .matcher(message);
        assertThat(parts.find()).isTrue();
        file("content", parts.group(2).getBytes(ISO_8859_1));
        file("signature", Base64.getMimeDecoder().decode(parts.group(3)));
        assertThat(text(nss.cmsutil("-D", "-i", "signature", "-c", "content", "-u", EMAIL_SIGNER)))
                .isEqualTo(parts.group(2))
                .endsWith("\r\n\r\nHello Bob,\r\nthe text.\r\n");
    }

    @Test
    void doesNotTrustASignerOfAnotherRoot() throws Exception {
        TestIdentity stranger = TestAuthority.root("Other").issue(Spec.mail("Eve", "eve@example.org"));
        file("signed", bench.signBytes(DATA, stranger, Mode.OPAQUE));
        assertThat(nss.tryCmsutil("-D", "-i", "signed", "-u", EMAIL_SIGNER).succeeded())
                .isFalse();
        assertThat(status("signed")).isEqualTo("SigningCertNotTrusted");
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentCipher.class,
            names = {"AES_128_CBC", "AES_256_CBC"})
    void decryptsEnvelopedData(ContentCipher cipher) throws Exception {
        nss.importIdentity(ALICE);
        file("encrypted", bench.encryptBytes(DATA, cipher, ALICE.certificate()));
        assertThat(nss.cmsutil("-D", "-i", "encrypted")).isEqualTo(DATA);
        file("nested", bench.encryptBytes(bench.signBytes(DATA, ALICE, Mode.OPAQUE), cipher, ALICE.certificate()));
        byte[] signed = nss.cmsutil("-D", "-i", "nested");
        file("signed", signed);
        assertThat(nss.cmsutil("-D", "-i", "signed", "-u", EMAIL_SIGNER)).isEqualTo(DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "SHA384", "SHA512"})
    void itsSignaturesAreValid(String digest) throws Exception {
        nss.importIdentity(ALICE);
        file("content", DATA);
        Opened opaque =
                bench.openCms(nss.cmsutil("-S", "-N", "identity", "-H", digest, "-G", "-P", "-i", "content"), null);
        assertThat(opaque.clear()).isEqualTo(DATA);
        assertThat(opaque.facts().signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.integrity()).isEqualTo(Integrity.INTACT));
        assertThat(opaque.verdict().signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.chain().status()).isEqualTo(ChainStatus.TRUSTED));
        Opened detached = bench.openCms(nss.cmsutil("-S", "-T", "-N", "identity", "-H", digest, "-i", "content"), DATA);
        assertThat(detached.facts().signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.integrity()).isEqualTo(Integrity.INTACT));
    }

    @Test
    void itsEnvelopedDataOpens() throws Exception {
        nss.importIdentity(ALICE);
        file("content", DATA);
        Opened opened = bench.openCms(nss.cmsutil("-E", "-r", "alice@example.org", "-i", "content"), null);
        assertThat(opened.clear()).isEqualTo(DATA);
        assertThat(opened.facts().lock()).isEqualTo(Lock.WEAK);
    }

    /** What cmsutil says of the one signer; asked for this, its exit status says nothing. */
    private String status(String file, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-D", "-n", "-h", "1", "-u", EMAIL_SIGNER, "-i", file));
        arguments.addAll(List.of(more));
        Matcher status = Pattern.compile("signer0\\.status=(\\w+);")
                .matcher(text(nss.tryCmsutil(arguments.toArray(String[]::new)).output()));
        assertThat(status.find()).isTrue();
        return status.group(1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
