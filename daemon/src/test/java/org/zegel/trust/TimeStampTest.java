package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.HandSigner;
import org.zegel.fixtures.samples.Stamps;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Seal;
import org.zegel.model.Verdict.Signer;
import org.zegel.model.Verdict.TimeBasis;
import org.zegel.trust.revocation.RevocationPolicy;

/** Time-stamps by OpenSSL's authority, made now; judged a year from now, when the signer's certificate has expired. */
class TimeStampTest {
    private static final byte[] VALUE = {1, 2, 3, 4, 5};
    private static final Instant MADE = Clock.systemUTC().instant();
    private static final Instant LATER = MADE.plus(Duration.ofDays(365));
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestAuthority CA = ROOT.subordinate("CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org")
            .validity(MADE.minus(Duration.ofDays(1)), MADE.plus(Duration.ofDays(1))));
    private static final TestIdentity AUTHORITY = CA.issue(Stamps.authority("TSA"));

    private static final String CONFIGURATION = """
            [tsa]
            default_tsa = one
            [one]
            serial = serial
            crypto_device = builtin
            signer_digest = sha256
            default_policy = 1.2.3.4
            digests = sha1, sha256, sha512
            ordering = no
            tsa_name = no
            ess_cert_id_chain = no
            """;

    @TempDir
    private Path directory;

    private OpenSsl openssl;

    @BeforeEach
    void prepare() throws IOException {
        openssl = new OpenSsl(directory);
        Files.writeString(directory.resolve("tsa.cnf"), CONFIGURATION);
        Files.writeString(directory.resolve("serial"), "01\n");
        Files.write(directory.resolve("value"), VALUE);
    }

    private byte[] token(TestIdentity authority, String digest, String essDigest) throws IOException {
        authority.writePem(directory, "tsa");
        Files.writeString(directory.resolve("tsa.cnf"), CONFIGURATION + "ess_cert_id_alg = " + essDigest + "\n");
        openssl.run("ts", "-query", "-data", "value", "-" + digest, "-cert", "-out", "query");
        openssl.run(
                "ts",
                "-reply",
                "-config",
                "tsa.cnf",
                "-queryfile",
                "query",
                "-signer",
                "tsa.crt.pem",
                "-inkey",
                "tsa.key.pem",
                "-chain",
                "tsa.chain.pem",
                "-token_out",
                "-out",
                "token");
        return Files.readAllBytes(directory.resolve("token"));
    }

    private static List<X509CRL> crls(X509Certificate... revoked) {
        return List.of(
                ROOT.crl(List.of()),
                CA.crl(List.of(revoked).stream()
                        .map(X509Certificate::getSerialNumber)
                        .toList()));
    }

    private static Signer judge(SignerFacts facts, Instant at, TrustPolicy policy, List<X509CRL> crls) {
        return verdict(facts, at, policy, crls).signers().getFirst();
    }

    private static Verdict verdict(SignerFacts facts, Instant at, TrustPolicy policy, List<X509CRL> crls) {
        Trust trust = new Trust(() -> List.of(ROOT.certificate()), Clock.fixed(LATER, ZoneOffset.UTC), policy);
        return trust.judge(
                Facts.message(List.of("alice@example.org"), facts), new TrustOptions(null, List.of(), crls, at, true));
    }

    private static SignerFacts signed(byte[]... tokens) {
        return Facts.stamped(List.of(ALICE.certificate()), List.of(CA.certificate()), VALUE, tokens);
    }

    private static Signer judge(byte[]... tokens) {
        return judge(signed(tokens), null, TrustPolicy.STRICT, crls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256", "sha512"})
    void anExpiredCertificateIsJudgedWhenItWasStamped(String digest) throws Exception {
        byte[] token = token(AUTHORITY, digest, digest.equals("sha512") ? "sha1" : "sha256");
        Verdict verdict = verdict(signed(token), null, TrustPolicy.STRICT, crls());
        Signer signer = verdict.signers().getFirst();
        assertThat(signer.findings()).containsExactly(Finding.VALID_WHEN_TIME_STAMPED);
        assertThat(signer.chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(signer.time().basis()).isEqualTo(TimeBasis.TIME_STAMP);
        assertThat(signer.time().timestamped()).isBetween(MADE.minusSeconds(2), MADE.plusSeconds(300));
        assertThat(signer.time().evaluatedAt()).isEqualTo(signer.time().timestamped());
        assertThat(verdict.seal()).isEqualTo(Seal.VALID);
    }

    @Test
    void withoutATimeStampNothingProvesWhen() {
        Signer signer = judge();
        assertThat(signer.chain().status()).isEqualTo(ChainStatus.EXPIRED);
        assertThat(signer.findings()).contains(Finding.EXPIRED_NO_PROOF_OF_TIME);
        assertThat(signer.time().timestamped()).isNull();
    }

    @Test
    void revocationAfterTheTimeStampDoesNotBreak() throws Exception {
        Instant day = MADE.plus(Duration.ofHours(12));
        X509CRL later =
                CA.crl(List.of(ALICE.certificate().getSerialNumber()), day, LATER.plusSeconds(60), day, List.of());
        byte[] token = token(AUTHORITY, "sha256", "sha256");
        List<X509CRL> crls = List.of(ROOT.crl(List.of()), later);
        assertThat(verdict(signed(token), null, TrustPolicy.STRICT, crls).seal())
                .isEqualTo(Seal.VALID);
        assertThat(verdict(signed(), null, TrustPolicy.STRICT, crls).seal()).isEqualTo(Seal.BROKEN);
    }

    @Test
    void aRevokedAuthorityProvesNothing() throws Exception {
        byte[] token = token(AUTHORITY, "sha256", "sha256");
        Instant after = MADE.plus(Duration.ofDays(30));
        X509CRL crl = CA.crl(
                List.of(AUTHORITY.certificate().getSerialNumber()), after, LATER.plusSeconds(60), after, List.of());
        List<X509CRL> crls = new ArrayList<>(crls());
        crls.add(crl);
        Signer signer = judge(signed(token), null, TrustPolicy.STRICT, crls);
        assertThat(signer.findings()).contains(Finding.TIME_STAMP_UNTRUSTED, Finding.EXPIRED_NO_PROOF_OF_TIME);
    }

    @Test
    void theCallersMomentWins() throws Exception {
        byte[] token = token(AUTHORITY, "sha256", "sha256");
        Instant asked = MADE.plus(Duration.ofDays(2));
        Signer signer = judge(signed(token), asked, TrustPolicy.STRICT, crls());
        assertThat(signer.time().basis()).isEqualTo(TimeBasis.CALLER);
        assertThat(signer.time().evaluatedAt()).isEqualTo(asked);
        assertThat(signer.time().timestamped()).isNotNull();
        assertThat(signer.chain().status()).isEqualTo(ChainStatus.EXPIRED);
    }

    @Test
    void unknownRevocationOfTheAuthorityIsSaid() throws Exception {
        TestIdentity other = ROOT.subordinate("Other CA").issue(Stamps.authority("Other TSA"));
        byte[] token = token(other, "sha256", "sha256");
        Verdict hard = verdict(signed(token), null, TrustPolicy.STRICT, crls());
        assertThat(hard.signers().getFirst().findings())
                .containsExactlyInAnyOrder(Finding.VALID_WHEN_TIME_STAMPED, Finding.TIME_STAMP_REVOCATION_UNKNOWN);
        assertThat(hard.seal()).isEqualTo(Seal.WARNING);
        Verdict soft = verdict(signed(token), null, TrustPolicy.STRICT.with(RevocationPolicy.SOFT), crls());
        assertThat(soft.seal()).isEqualTo(Seal.VALID);
    }

    @Test
    void aTokenOverOtherBytesOrChangedIsInvalid() throws Exception {
        byte[] token = token(AUTHORITY, "sha256", "sha256");
        SignerFacts other =
                Facts.stamped(List.of(ALICE.certificate()), List.of(CA.certificate()), new byte[] {9}, token);
        assertThat(judge(other, null, TrustPolicy.STRICT, crls()).findings()).contains(Finding.TIME_STAMP_INVALID);
        byte[] changed = token.clone();
        changed[changed.length - 1] ^= 1;
        assertThat(judge(changed).findings()).contains(Finding.TIME_STAMP_INVALID);
        byte[] cut = java.util.Arrays.copyOf(token, token.length - 10);
        assertThat(judge(cut).findings()).contains(Finding.TIME_STAMP_MALFORMED);
    }

    @Test
    void theAuthorityMustBeForTimeStampingAloneAndSayItCritically() throws Exception {
        byte[] both = new ExtendedKeyUsage(
                        new KeyPurposeId[] {KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_emailProtection})
                .getEncoded();
        byte[] alone = new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping).getEncoded();
        for (Extension usage : List.of(
                new Extension(Extension.extendedKeyUsage, true, both),
                new Extension(Extension.extendedKeyUsage, false, alone))) {
            TestIdentity odd = CA.issue(Spec.mail("TSA").extension(usage));
            assertThat(judge(byHand(Stamps.naming(odd), null)).findings()).contains(Finding.TIME_STAMP_UNTRUSTED);
        }
        assertThat(judge(byHand(Stamps.naming(ALICE), null)).findings()).contains(Finding.TIME_STAMP_UNTRUSTED);
        assertThat(judge(byHand(Stamps.naming(AUTHORITY), null)).findings())
                .containsExactly(Finding.VALID_WHEN_TIME_STAMPED);
    }

    private static byte[] byHand(HandSigner authority, Extensions more) throws Exception {
        MessageImprint imprint = Stamps.imprint(VALUE, NISTObjectIdentifiers.id_sha256, "SHA-256");
        return Stamps.byHand(authority, imprint, MADE, more).der();
    }

    @Test
    void aTokenIsAsRfc3161HasIt() throws Exception {
        MessageImprint imprint = Stamps.imprint(VALUE, NISTObjectIdentifiers.id_sha256, "SHA-256");
        List<byte[]> odd = List.of(
                // The certificate is not named.
                byHand(new HandSigner(AUTHORITY), null),
                // A critical extension that nobody knows.
                byHand(
                        Stamps.naming(AUTHORITY),
                        new Extensions(new Extension(new ASN1ObjectIdentifier("1.2.3.4"), true, new byte[] {5, 0}))),
                // Two signers.
                Stamps.byHand(Stamps.naming(AUTHORITY), imprint, MADE, null)
                        .by(Stamps.naming(AUTHORITY))
                        .der(),
                // An imprint by a digest for which two texts can be found.
                Stamps.byHand(
                                Stamps.naming(AUTHORITY),
                                Stamps.imprint(VALUE, PKCSObjectIdentifiers.md5, "MD5"),
                                MADE,
                                null)
                        .der(),
                // Another type of content.
                Stamps.byHand(Stamps.naming(AUTHORITY), imprint, MADE, null)
                        .type(CMSObjectIdentifiers.data)
                        .der());
        for (byte[] token : odd) {
            assertThat(judge(token).findings()).contains(Finding.TIME_STAMP_INVALID, Finding.EXPIRED_NO_PROOF_OF_TIME);
        }
    }

    @Test
    void theEarliestTrustedOfSeveralCounts() throws Exception {
        TestIdentity stranger = TestAuthority.root("CA").issue(Stamps.authority("TSA"));
        Signer signer = judge(
                Stamps.token(VALUE, AUTHORITY, MADE.plusSeconds(5)),
                Stamps.token(VALUE, AUTHORITY, MADE),
                Stamps.token(VALUE, stranger, MADE.minusSeconds(500)));
        assertThat(signer.time().timestamped()).isEqualTo(MADE.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        assertThat(signer.findings()).contains(Finding.TIME_STAMP_UNTRUSTED, Finding.VALID_WHEN_TIME_STAMPED);
    }

    @Test
    void ofSeveralCertificatesWithTheSignersKeyTheTrustedOneIsTheSigners() {
        TestIdentity renewed = CA.issue(Spec.mail("Alice", "alice@example.org"));
        List<X509Certificate> both = List.of(ALICE.certificate(), renewed.certificate());
        for (List<X509Certificate> order : List.of(both, both.reversed())) {
            Verdict verdict =
                    verdict(Facts.stamped(order, List.of(CA.certificate()), VALUE), null, TrustPolicy.STRICT, crls());
            assertThat(verdict.seal()).isEqualTo(Seal.VALID);
            assertThat(verdict.signers().getFirst().certificate().serial())
                    .isEqualTo(renewed.certificate().getSerialNumber().toString(16));
        }
    }
}
