package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;

class AnchorsTest {
    private final TestAuthority one = TestAuthority.root("One", KeyKind.P256);
    private final TestAuthority two = TestAuthority.root("Two", KeyKind.P256);

    @TempDir
    private Path folder;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void readsTheFirstBundleThereIs() throws Exception {
        Path file = Files.write(
                folder.resolve("bundle.pem"),
                ascii("# One\n" + TestIdentity.pem(one.certificate()) + "\n# Two\n"
                        + TestIdentity.pem(two.certificate())));
        SystemAnchors anchors =
                new SystemAnchors("Linux", List.of(folder.resolve("missing"), file), () -> anchor -> true);
        assertThat(anchors.all()).containsExactly(one.certificate(), two.certificate());
    }

    @Test
    void leavesOutWhatIsNotForMail() throws Exception {
        Path file = Files.write(
                folder.resolve("bundle.pem"),
                ascii(TestIdentity.pem(one.certificate()) + TestIdentity.pem(two.certificate())));
        SystemAnchors anchors =
                new SystemAnchors("Linux", List.of(file), () -> anchor -> !anchor.equals(one.certificate()));
        assertThat(anchors.all()).containsExactly(two.certificate());
    }

    @Test
    void aSystemWithoutABundleHasNoAnchors() {
        assertThat(new SystemAnchors("Linux", List.of(folder), () -> anchor -> true).all())
                .isEmpty();
    }

    @Test
    void anOddCertificateDoesNotTakeTheOthersAway() throws Exception {
        String odd = TestIdentity.pem("CERTIFICATE", new byte[] {0x30, 3, 1, 2, 3});
        CertificateBundle bundle = CertificateBundle.read(ascii(TestIdentity.pem(one.certificate())
                + odd
                + TestIdentity.pem("PRIVATE KEY", new byte[] {1})
                + TestIdentity.pem(two.certificate())
                + TestIdentity.pem("X509 CRL", one.crl(List.of()).getEncoded())));
        assertThat(bundle.certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(bundle.crls()).hasSize(1);
        assertThat(bundle.unreadable()).isEqualTo(1);
    }

    @Test
    void readsDer() throws Exception {
        assertThat(CertificateBundle.read(one.certificate().getEncoded()).certificates())
                .containsExactly(one.certificate());
        assertThat(CertificateBundle.read(one.crl(List.of()).getEncoded()).crls())
                .hasSize(1);
        assertThat(CertificateBundle.read(ascii("hello")).unreadable()).isEqualTo(1);
        assertThat(CertificateBundle.read(new byte[0]).certificates()).isEmpty();
    }

    @Test
    void limitsTheSizeOfABundle() {
        assertThat(CertificateBundle.read(new byte[CertificateBundle.MAX_BYTES]).certificates())
                .isEmpty();
        assertThatThrownBy(() -> CertificateBundle.read(new byte[CertificateBundle.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void configuredFilesMustHoldCertificates() throws Exception {
        Path good = Files.write(folder.resolve("good.pem"), ascii(TestIdentity.pem(one.certificate())));
        List<X509Certificate> anchors = TrustAnchors.union(List.<TrustAnchors>of(
                        FileAnchors.of(List.of(good)), () -> List.of(one.certificate(), two.certificate())))
                .all();
        assertThat(anchors).containsExactly(one.certificate(), two.certificate());
        Path empty = Files.write(folder.resolve("empty.pem"), new byte[0]);
        for (Path bad : List.of(empty, folder.resolve("missing"))) {
            assertThatThrownBy(() -> FileAnchors.of(List.of(bad)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(bad.getFileName().toString())
                    .hasMessageNotContaining(folder.toString());
        }
    }
}
