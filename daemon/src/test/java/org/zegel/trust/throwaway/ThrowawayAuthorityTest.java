package org.zegel.trust.throwaway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;

class ThrowawayAuthorityTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource(ThrowawayAuthority.Kind.class)
    void itsCertificatesAreTrustedAndItsCrlSettlesRevocation(ThrowawayAuthority.Kind kind) throws Exception {
        ThrowawayAuthority authority = ThrowawayAuthority.create("Demonstration", CLOCK);
        ThrowawayAuthority.Issued alice = authority.issue("Alice", "alice@example.org", kind);
        Trust trust = new Trust(() -> List.of(authority.certificate()), CLOCK, TrustPolicy.STRICT);
        CertificatePurpose purpose =
                kind == ThrowawayAuthority.Kind.X25519 ? CertificatePurpose.ENCRYPT_MAIL : CertificatePurpose.SIGN_MAIL;
        Chain good = trust.chain(
                alice.certificate(), alice.issuers(), List.of(authority.crl(List.of())), TrustOptions.DEFAULT, purpose);
        assertThat(good.status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(good.revocation()).isEqualTo(Revocation.GOOD);
        Chain revoked = trust.chain(
                alice.certificate(),
                alice.issuers(),
                List.of(authority.crl(List.of(alice.certificate().getSerialNumber()))),
                TrustOptions.DEFAULT,
                purpose);
        assertThat(revoked.status()).isEqualTo(ChainStatus.REVOKED);
    }
}
