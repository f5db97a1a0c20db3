package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Finding;

class BaselineAdviceTest {
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final TestAuthority CA = TestAuthority.root("CA", KeyKind.P256);

    private static Spec spec(String... policies) throws Exception {
        return plain(policies).extension(crl());
    }

    private static Spec plain(String... policies) throws Exception {
        PolicyInformation[] all = Stream.of(policies)
                .map(policy -> new PolicyInformation(new ASN1ObjectIdentifier(policy)))
                .toArray(PolicyInformation[]::new);
        Spec spec = Spec.mail("Alice", "alice@example.org").key(KeyKind.RSA_2048);
        return days(
                all.length == 0
                        ? spec
                        : spec.extension(
                                Extension.create(Extension.certificatePolicies, false, new CertificatePolicies(all))),
                825);
    }

    private static Extension crl() throws Exception {
        GeneralName uri =
                new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String("http://crl.example/ca.crl"));
        DistributionPoint point = new DistributionPoint(new DistributionPointName(new GeneralNames(uri)), null, null);
        return Extension.create(
                Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
    }

    private static Spec days(Spec spec, int days) {
        return spec.validity(ISSUED, ISSUED.plus(days, ChronoUnit.DAYS));
    }

    private static List<Finding> advice(Spec spec) {
        return BaselineAdvice.of(CA.issue(spec).certificate());
    }

    @Test
    void aCertificateThatKeepsToItsProfileNeedsNone() throws Exception {
        for (String policy : List.of("2.23.140.1.5.1.2", "2.23.140.1.5.2.3", "2.23.140.1.5.4.2")) {
            assertThat(advice(spec(policy))).as(policy).isEmpty();
        }
    }

    @Test
    void onlyThoseThatClaimTheRequirementsAreHeldAgainstThem() throws Exception {
        assertThat(advice(days(plain(), 5000))).isEmpty();
        assertThat(advice(days(plain("1.2.3.4"), 5000))).isEmpty();
        Instant before = Instant.parse("2023-08-31T00:00:00Z");
        assertThat(advice(plain("2.23.140.1.5.1.3").validity(before, before.plus(5000, ChronoUnit.DAYS))))
                .isEmpty();
    }

    @Test
    void saysWhatLastsTooLong() throws Exception {
        assertThat(advice(days(spec("2.23.140.1.5.2.2"), 826))).isEmpty();
        assertThat(advice(days(spec("2.23.140.1.5.2.2"), 827))).containsExactly(Finding.BASELINE_VALIDITY);
        Instant then = Instant.parse("2025-07-14T00:00:00Z");
        assertThat(advice(spec("2.23.140.1.5.2.1").validity(then, then.plus(1185, ChronoUnit.DAYS))))
                .isEmpty();
        assertThat(advice(spec("2.23.140.1.5.2.1").validity(then, then.plus(1187, ChronoUnit.DAYS))))
                .containsExactly(Finding.BASELINE_VALIDITY);
    }

    @Test
    void saysThatTheLegacyGenerationHasEnded() throws Exception {
        assertThat(advice(spec("2.23.140.1.5.3.1"))).containsExactly(Finding.BASELINE_LEGACY);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(advice(plain("2.23.140.1.5.3.2"))).containsExactly(Finding.BASELINE_NO_CRL);
        assertThat(advice(spec("2.23.140.1.5.3.2").extendedKeyUsage()))
                .containsExactly(Finding.BASELINE_EXTENDED_KEY_USAGE);
        assertThat(advice(spec("2.23.140.1.5.3.2").withoutKeyUsage())).containsExactly(Finding.BASELINE_KEY_USAGE);
        assertThat(advice(spec("2.23.140.1.5.3.2").subjectEmail("other@example.org")))
                .containsExactly(Finding.BASELINE_ADDRESS);
    }

    @Test
    void saysWhatDoesNotGoTogether() throws Exception {
        KeyPurposeId mail = KeyPurposeId.id_kp_emailProtection;
        KeyPurposeId client = KeyPurposeId.id_kp_clientAuth;
        assertThat(advice(spec("2.23.140.1.5.3.2").extendedKeyUsage(mail, client)))
                .isEmpty();
        assertThat(advice(spec("2.23.140.1.5.3.3").extendedKeyUsage(mail, client)))
                .containsExactly(Finding.BASELINE_EXTENDED_KEY_USAGE);
        assertThat(advice(spec("2.23.140.1.5.3.2").extendedKeyUsage(mail, KeyPurposeId.id_kp_serverAuth)))
                .containsExactly(Finding.BASELINE_EXTENDED_KEY_USAGE);
        int data = KeyUsage.digitalSignature | KeyUsage.dataEncipherment;
        assertThat(advice(spec("2.23.140.1.5.3.2").keyUsage(data))).isEmpty();
        assertThat(advice(spec("2.23.140.1.5.3.3").keyUsage(data))).containsExactly(Finding.BASELINE_KEY_USAGE);
        assertThat(advice(spec("2.23.140.1.5.3.3", "2.23.140.1.5.1.3")))
                .containsExactly(Finding.BASELINE_SEVERAL_POLICIES);
    }
}
