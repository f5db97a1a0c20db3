package org.zegel.trust.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.RevocationExtensions;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestCrl;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.ChainAssessment;
import org.zegel.trust.network.NetworkPolicy;

/** CRLs and issuers from the web, and everything that can go wrong on the way. */
class CrlFetchTest extends RevocationFixture {
    private TestIdentity pointing(String... urls) {
        return alice(RevocationExtensions.crls(urls));
    }

    private static TestCrl crl() {
        return TestCrl.by(ROOT).from(NOW.minusSeconds(60)).until(NOW.plusSeconds(3600));
    }

    @Test
    void aFetchedListSettlesAndIsKeptUntilTheNext() {
        TestIdentity leaf = pointing(web.serve("/crl", crl().encoded()));
        assertGood(online(leaf));
        assertGood(online(leaf));
        assertThat(web.asked()).containsExactly("GET /crl");
        assertThat(cache.moments()).containsExactly(NOW.plusSeconds(3600));
        assertGood(offline(leaf));
        clock = Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC);
        web.serve(
                "/crl",
                TestCrl.by(ROOT)
                        .revoke(leaf.certificate(), CRLReason.superseded)
                        .encoded());
        assertRevoked(online(leaf));
    }

    @Test
    void aListForYearsIsFetchedAnewAfterADay() {
        TestIdentity leaf = pointing(web.serve("/crl", TestCrl.by(ROOT).encoded()));
        assertGood(online(leaf));
        clock = Clock.fixed(NOW.plus(CrlFetch.MAX_KEPT), ZoneOffset.UTC);
        assertGood(online(leaf));
        assertThat(web.asked()).hasSize(2);
    }

    @Test
    void pemIsPutUpWith() {
        String pem = TestIdentity.pem("X509 CRL", crl().encoded());
        assertGood(online(pointing(web.serve("/crl.pem", pem.getBytes(StandardCharsets.US_ASCII)))));
    }

    @Test
    void whatIsNotAuthenticIsNotKept() {
        TestAuthority namesake = TestAuthority.root("Root", KeyKind.P256);
        TestIdentity leaf = pointing(web.serve("/crl", TestCrl.by(namesake).encoded()));
        assertUnknown(online(leaf), Finding.CRL_SIGNATURE_INVALID);
        assertThat(cache.answers()).isZero();
        web.serve("/crl", new byte[] {0x30, 0x01, 0x00});
        assertUnknown(online(leaf), Finding.CRL_MALFORMED);
        assertThat(cache.answers()).isZero();
    }

    @Test
    void theSecondPlaceIsTriedWhenTheFirstFails() {
        TestIdentity leaf = pointing(web.url("/gone"), web.serve("/crl", crl().encoded()));
        assertGood(online(leaf));
        assertThat(web.asked()).containsExactly("GET /gone", "GET /crl");
    }

    @Test
    void aFailureIsRememberedForMinutesOnly() {
        TestIdentity leaf = pointing(web.url("/crl"));
        assertUnknown(online(leaf), Finding.REVOCATION_UNREACHABLE);
        web.serve("/crl", crl().encoded());
        assertUnknown(online(leaf), Finding.REVOCATION_UNREACHABLE);
        assertThat(web.asked()).hasSize(1);
        clock = Clock.fixed(NOW.plus(Duration.ofMinutes(2)), ZoneOffset.UTC);
        assertGood(online(leaf));
    }

    @Test
    void offlineNothingIsAsked() {
        TestIdentity leaf = pointing(web.serve("/crl", crl().encoded()));
        ChainAssessment assessed = offline(leaf);
        assertThat(assessed.chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        assertThat(assessed.findings()).containsExactly(Finding.REVOCATION_NOT_CHECKED);
        networkPolicy = NetworkPolicy.OFFLINE;
        assertThat(online(leaf).chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        policy = policy.with(RevocationPolicy.Failure.OFF);
        networkPolicy = NetworkPolicy.DEFAULT.withPrivateAddresses(true);
        assertThat(online(leaf).chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void loopbackIsRefusedUnlessPolicyAllowsIt() {
        networkPolicy = NetworkPolicy.DEFAULT;
        TestIdentity leaf = pointing(web.serve("/crl", crl().encoded()));
        assertUnknown(online(leaf), Finding.REVOCATION_SOURCE_REFUSED);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void otherSchemesAreRefused() {
        String path = web.url("/crl").substring("http".length());
        assertUnknown(online(pointing("https" + path)), Finding.REVOCATION_SOURCE_REFUSED);
        assertUnknown(online(pointing("ldap" + path)), Finding.REVOCATION_SOURCE_REFUSED);
        assertUnknown(online(pointing("file:///etc/passwd")), Finding.REVOCATION_SOURCE_REFUSED);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void aCertificateThatNamesNothingIsToldApart() {
        assertUnknown(online(alice()), Finding.REVOCATION_NO_SOURCE);
    }

    @Test
    void aHundredPlacesCostNoMoreThanAFew() {
        String[] urls = IntStream.range(0, 100).mapToObj(i -> web.url("/" + i)).toArray(String[]::new);
        assertUnknown(online(pointing(urls)), Finding.REVOCATION_BUDGET_SPENT);
        assertThat(web.asked()).hasSize(CrlFetch.MAX_URLS);
    }

    @Test
    void aHundredNamesOfOnePlaceCostNoMoreThanAFew() throws Exception {
        GeneralName[] names = IntStream.range(0, 100)
                .mapToObj(i -> new GeneralName(GeneralName.uniformResourceIdentifier, web.url("/" + i)))
                .toArray(GeneralName[]::new);
        DistributionPoint point = new DistributionPoint(new DistributionPointName(new GeneralNames(names)), null, null);
        Extension extension = new Extension(
                Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}).getEncoded());
        assertUnknown(online(alice(extension)), Finding.REVOCATION_BUDGET_SPENT);
        assertThat(web.asked()).hasSize(CrlFetch.MAX_URLS);
    }

    @Test
    void certificatesOfAPathAreAskedAboutAtTheSameTime() {
        networkPolicy =
                networkPolicy.withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));
        TestAuthority below = ROOT.subordinate(
                Spec.authority("Below").key(KeyKind.P256).extension(RevocationExtensions.crls(web.url("/root"))));
        TestIdentity leaf = below.issue(aliceSpec().extension(RevocationExtensions.crls(web.url("/below"))));
        CountDownLatch both = new CountDownLatch(2);
        web.serve("/root", _ -> both(both, crl().encoded()));
        web.serve("/below", _ -> both(both, TestCrl.by(below).encoded()));
        assertGood(online(leaf));
    }

    /** Answers when both have been asked for; one after the other would never be. */
    private static byte[] both(CountDownLatch both, byte[] body) throws Exception {
        both.countDown();
        return both.await(4, TimeUnit.SECONDS) ? body : null;
    }

    @Test
    void slowPlacesCostNoMoreThanTheirTime() {
        web.serve("/slow", _ -> {
            Thread.sleep(20_000);
            return crl().encoded();
        });
        long start = System.nanoTime();
        assertUnknown(online(pointing(web.url("/slow"))), Finding.REVOCATION_TIME_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void missingIssuersAreFetched() throws Exception {
        TestAuthority below = ROOT.subordinate(Spec.authority("Below").key(KeyKind.P256));
        web.serve("/below.crt", below.certificate().getEncoded());
        TestIdentity leaf =
                below.issue(aliceSpec().extension(RevocationExtensions.access(null, web.url("/below.crt"))));
        assertThat(assess(leaf, List.of(), null, true, List.of(), List.of())
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.UNTRUSTED);
        assertThat(assess(leaf, List.of(), null, false, List.of(), List.of())
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.TRUSTED);
        assess(leaf, List.of(), null, false, List.of(), List.of());
        assertThat(web.asked()).containsExactly("GET /below.crt");
        cache.clear();
        networkPolicy = networkPolicy.withIssuers(false);
        assertThat(assess(leaf, List.of(), null, false, List.of(), List.of())
                        .chain()
                        .reason())
                .isEqualTo(Finding.ISSUER_UNKNOWN);
        assertThat(web.asked()).hasSize(1);
    }

    @Test
    void issuersComeInPkcs7AndPemToo() throws Exception {
        TestAuthority below = ROOT.subordinate(Spec.authority("Below").key(KeyKind.P256));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(below.certificate()));
        web.serve("/below.p7c", path.getEncoded("PKCS7"));
        web.serve("/below.pem", TestIdentity.pem(below.certificate()).getBytes(StandardCharsets.US_ASCII));
        for (String file : List.of("/below.p7c", "/below.pem")) {
            TestIdentity leaf = below.issue(aliceSpec().extension(RevocationExtensions.access(null, web.url(file))));
            assertThat(assess(leaf, List.of(), null, false, List.of(), List.of())
                            .chain()
                            .status())
                    .as(file)
                    .isEqualTo(ChainStatus.TRUSTED);
        }
    }

    @Test
    void somebodyElsesCertificateIsNoIssuer() throws Exception {
        TestAuthority below = ROOT.subordinate(Spec.authority("Below").key(KeyKind.P256));
        TestAuthority namesake = ROOT.subordinate(Spec.authority("Below").key(KeyKind.P256));
        web.serve("/namesake.crt", namesake.certificate().getEncoded());
        TestIdentity leaf =
                below.issue(aliceSpec().extension(RevocationExtensions.access(null, web.url("/namesake.crt"))));
        assertThat(assess(leaf, List.of(), null, false, List.of(), List.of())
                        .chain()
                        .reason())
                .isEqualTo(Finding.ISSUER_SIGNATURE_INVALID);
        assertThat(cache.answers()).isZero();
    }
}
