package org.zegel.trust.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestWeb;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.ChainAssessment;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.network.FetchCache;
import org.zegel.trust.network.FetchFailure;
import org.zegel.trust.network.FetchResult;
import org.zegel.trust.network.Network;
import org.zegel.trust.network.NetworkPolicy;

/** One CA with its web server; certificates of it are judged with and without the network. */
abstract class RevocationFixture {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final TestAuthority ROOT = TestAuthority.root("Root", KeyKind.P256);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    TestWeb web;
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    RevocationPolicy policy = RevocationPolicy.HARD;
    NetworkPolicy networkPolicy =
            NetworkPolicy.DEFAULT.withPrivateAddresses(true).withTimeouts(PATIENCE, PATIENCE, Duration.ofSeconds(3));
    final MemoryCache cache = new MemoryCache();

    @BeforeEach
    void openWeb() throws Exception {
        web = new TestWeb();
    }

    @AfterEach
    void closeWeb() {
        web.close();
    }

    static Spec aliceSpec() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }

    static TestIdentity alice(Extension... extensions) {
        Spec spec = aliceSpec();
        for (Extension extension : extensions) {
            spec.extension(extension);
        }
        return ROOT.issue(spec);
    }

    static Spec responder() {
        return Spec.mail("Responder").key(KeyKind.P256).extendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning);
    }

    /** On-line, with CRLs that the caller names. */
    ChainAssessment online(TestIdentity leaf, X509CRL... named) {
        return assess(leaf, null, false, List.of(named), List.of());
    }

    ChainAssessment offline(TestIdentity leaf, X509CRL... named) {
        return assess(leaf, null, true, List.of(named), List.of());
    }

    ChainAssessment at(Instant moment, TestIdentity leaf, X509CRL... named) {
        return assess(leaf, moment, true, List.of(named), List.of());
    }

    /** At a moment of the past that is proved otherwise, as by a time-stamp, with what is known now. */
    RevocationOutcome stamped(Instant moment, TestIdentity leaf, X509CRL... named) {
        SignatureStrength any = new SignatureStrength() {
            @Override
            public boolean acceptable(AlgorithmIdentifier signature) {
                return true;
            }

            @Override
            public boolean acceptable(X509Certificate signer) {
                return true;
            }
        };
        return new RevocationChecker(policy, Network.none(clock).session(true), any, CrlIssuerPaths.NONE)
                .check(new RevocationQuestion(
                        List.of(leaf.certificate(), ROOT.certificate()),
                        List.of(),
                        new RevocationData(List.of(named), List.of(), List.of()),
                        moment,
                        clock.instant(),
                        false));
    }

    ChainAssessment assess(TestIdentity leaf, Instant at, boolean offline, List<X509CRL> named, List<X509CRL> carried) {
        return assess(leaf, leaf.chain(), at, offline, named, carried);
    }

    ChainAssessment assess(
            TestIdentity leaf,
            List<X509Certificate> extra,
            Instant at,
            boolean offline,
            List<X509CRL> named,
            List<X509CRL> carried) {
        Network network = new Network(networkPolicy, host -> List.of(InetAddress.getAllByName(host)), cache, clock);
        Trust trust = new Trust(() -> List.of(ROOT.certificate()), clock, TrustPolicy.STRICT.with(policy), network);
        return trust.assess(
                leaf.certificate(),
                extra,
                carried,
                new TrustOptions(null, List.of(), named, at, offline),
                CertificatePurpose.SIGN_MAIL);
    }

    static void assertGood(ChainAssessment assessed) {
        assertThat(assessed.findings()).isEmpty();
        assertThat(assessed.chain().revocation()).isEqualTo(Revocation.GOOD);
    }

    static void assertRevoked(ChainAssessment assessed) {
        assertThat(assessed.chain().revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(assessed.chain().reason()).isEqualTo(Finding.CERTIFICATE_REVOKED);
    }

    static void assertUnknown(ChainAssessment assessed, Finding... why) {
        assertThat(assessed.chain().revocation()).isEqualTo(Revocation.UNKNOWN);
        assertThat(assessed.findings()).contains(why).contains(Finding.REVOCATION_UNKNOWN);
    }

    /** Shows what would be kept. */
    static final class MemoryCache implements FetchCache {
        private record Kept(FetchResult result, Instant until) {}

        private final Map<String, Kept> all = new HashMap<>();

        @Override
        public synchronized Optional<FetchResult> find(String key, Instant now) {
            return Optional.ofNullable(all.get(key))
                    .filter(kept -> kept.until().isAfter(now))
                    .map(Kept::result);
        }

        @Override
        public synchronized void keep(String key, byte[] bytes, Instant now, Instant until) {
            all.put(key, new Kept(new FetchResult.Fetched(bytes, true), until));
        }

        @Override
        public synchronized void keep(String key, FetchFailure why, Instant now, Instant until) {
            all.put(key, new Kept(new FetchResult.Failed(why), until));
        }

        synchronized void clear() {
            all.clear();
        }

        synchronized long answers() {
            return all.values().stream()
                    .filter(kept -> kept.result() instanceof FetchResult.Fetched)
                    .count();
        }

        synchronized List<Instant> moments() {
            return all.values().stream().map(Kept::until).toList();
        }
    }
}
