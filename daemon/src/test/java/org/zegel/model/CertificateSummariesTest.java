package org.zegel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;

class CertificateSummariesTest {
    private final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);

    private CertificateSummary summary(Spec spec) {
        return CertificateSummaries.of(root.issue(spec).certificate());
    }

    @Test
    void saysWhatTheCertificateSays() {
        CertificateSummary summary = summary(Spec.mail("Alice", "Alice@EXAMPLE.org", "a2@example.org")
                .smtpUtf8("zoë@example.org")
                .key(KeyKind.P256)
                .serial(255)
                .keyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
        assertThat(summary.subject()).isEqualTo("CN=Alice");
        assertThat(summary.issuer()).isEqualTo("CN=Root");
        assertThat(summary.serial()).isEqualTo("ff");
        assertThat(summary.addresses()).containsExactly("Alice@example.org", "a2@example.org", "zoë@example.org");
        assertThat(summary.keyUsage()).containsExactly("digitalSignature", "keyAgreement");
        assertThat(summary.extendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.4");
        assertThat(summary.signatureAlgorithm()).isEqualTo("SHA256withECDSA");
        assertThat(summary.sha256()).matches("[0-9a-f]{64}");
        assertThat(summary.notBefore()).isEqualTo(Spec.NOT_BEFORE);
        assertThat(summary.notAfter()).isEqualTo(Spec.NOT_AFTER);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSA, 2048",
        "P192, EC, 192",
        "P384, EC, 384",
        "ED25519, Ed25519, 255",
        "X25519, X25519, 255",
        "DSA_2048, DSA, 2048"
    })
    void namesKeys(KeyKind kind, String algorithm, int bits) {
        CertificateSummary summary =
                summary(Spec.mail("Alice", "alice@example.org").key(kind));
        assertThat(summary.keyAlgorithm()).isEqualTo(algorithm);
        assertThat(summary.keyBits()).isEqualTo(bits);
    }

    @Test
    void aSubjectAltNameWithoutAddressesHidesTheSubjectsAddress() {
        Spec spec = Spec.mail("Alice").subjectEmail("alice@example.org").key(KeyKind.P256);
        assertThat(summary(spec).addresses()).containsExactly("alice@example.org");
        assertThat(summary(spec.name(new GeneralName(GeneralName.dNSName, "example.org")))
                        .addresses())
                .isEmpty();
    }

    @Test
    void readsOddNamesAsFarAsTheyAreClear() throws Exception {
        Spec spec = Spec.mail("Alice", "no address", "alice@example.org\u0000.evil.example", "alice@example.org");
        assertThat(summary(spec.key(KeyKind.P256)).addresses()).containsExactly("alice@example.org");
        Extension notNames =
                new Extension(Extension.subjectAlternativeName, false, new DERIA5String("names?").getEncoded());
        assertThat(summary(Spec.mail("Alice").key(KeyKind.P256).extension(notNames))
                        .addresses())
                .isEmpty();
        Extension truncated = new Extension(
                Extension.subjectAlternativeName, false, new byte[] {0x30, 0x20, (byte) 0x81, 3, 'a', '@', 'b'});
        assertThat(summary(Spec.mail("Alice").key(KeyKind.P256).extension(truncated))
                        .addresses())
                .isEmpty();
    }

    @Test
    void replacesWhatCouldDeceive() {
        CertificateSummary summary = summary(Spec.mail("Ali\u202ece\n\u200b").key(KeyKind.P256));
        assertThat(summary.subject()).isEqualTo("CN=Ali\ufffdce\ufffd\ufffd");
    }
}
