package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestKeys;
import org.zegel.fixtures.samples.HandSignedData;
import org.zegel.fixtures.samples.HandSigner;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;

/** Which certificate is the signer's: the one whose key fits, wherever it stands. */
class SignerCertificatesTest {
    private static final TestAuthority CA = TestAuthority.root("CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);

    @TempDir
    private Path directory;

    private SignerFacts signer(HandSignedData data, X509Certificate... known) throws Exception {
        return new OpenFixture(directory)
                .knowing(known)
                .cms(data.der(), null)
                .opened()
                .facts()
                .signers()
                .getFirst();
    }

    /** The name of the issuer and the serial number of Alice's. */
    private static X509Certificate lookAlike(KeyPair keys) {
        return TestAuthority.root("CA", KeyKind.P256)
                .issue(Spec.mail("Alice", "alice@example.org")
                        .keyPair(keys)
                        .serial(ALICE.certificate().getSerialNumber().longValueExact()))
                .certificate();
    }

    private static X509Certificate lookAlike() {
        return lookAlike(TestKeys.fresh(KeyKind.P256));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void orderSaysNothing(long seed) throws Exception {
        List<X509Certificate> bag = new ArrayList<>(List.of(
                ALICE.certificate(),
                CA.certificate(),
                lookAlike(),
                lookAlike(),
                lookAlike(TestKeys.fresh(KeyKind.RSA_1024)),
                lookAlike(TestKeys.fresh(KeyKind.ED25519))));
        Collections.shuffle(bag, new Random(seed));
        SignerFacts facts = signer(HandSignedData.holding(CONTENT)
                .bySilent(new HandSigner(ALICE))
                .with(bag.toArray(X509Certificate[]::new)));
        assertThat(facts.integrity()).as(facts.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(facts.certificate()).isEqualTo(ALICE.certificate());
        assertThat(facts.fitting()).containsExactly(ALICE.certificate());
        assertThat(facts.findings()).containsExactly(Finding.SIGNER_CERTIFICATE_LOOK_ALIKE);
    }

    @Test
    void severalThatFitAreAllToldInOneOrder() throws Exception {
        X509Certificate renewed = CA.issue(
                        Spec.mail("Alice", "alice@example.org").keyPair(keys()))
                .certificate();
        HandSigner byKey = new HandSigner(ALICE).byKeyIdentifier();
        List<X509Certificate> one = signer(
                        HandSignedData.holding(CONTENT).bySilent(byKey).with(ALICE.certificate(), renewed))
                .fitting();
        List<X509Certificate> other = signer(
                        HandSignedData.holding(CONTENT).bySilent(byKey).with(renewed, ALICE.certificate()))
                .fitting();
        assertThat(one).containsExactlyInAnyOrder(ALICE.certificate(), renewed).isEqualTo(other);
    }

    private static KeyPair keys() {
        return new KeyPair(ALICE.certificate().getPublicKey(), ALICE.privateKey());
    }

    @ParameterizedTest
    @CsvSource({"15, INTACT", "16, UNVERIFIABLE"})
    void lookAlikesAreBounded(int beside, Integrity integrity) throws Exception {
        HandSignedData data = HandSignedData.holding(CONTENT).by(new HandSigner(ALICE));
        for (int i = 0; i < beside; i++) {
            data.with(lookAlike());
        }
        SignerFacts facts = signer(data);
        assertThat(facts.integrity()).isEqualTo(integrity);
        assertThat(facts.findings().contains(Finding.TOO_MANY_SIGNER_CERTIFICATES))
                .isEqualTo(integrity == Integrity.UNVERIFIABLE);
    }

    @Test
    void knownCertificatesHelpWhereTheMessageBringsALookAlikeAlone() throws Exception {
        SignerFacts facts = signer(
                HandSignedData.holding(CONTENT).bySilent(new HandSigner(ALICE)).with(lookAlike()), ALICE.certificate());
        assertThat(facts.certificate()).isEqualTo(ALICE.certificate());
        assertThat(facts.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(facts.findings())
                .containsExactlyInAnyOrder(
                        Finding.SIGNER_CERTIFICATE_LOOK_ALIKE, Finding.SIGNER_CERTIFICATE_NOT_INCLUDED);
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true"})
    void largeContentIsNotReadAgainAndAgain(int lookAlikes, boolean bounded) throws Exception {
        String text = "Content-Type: text/plain\r\n\r\n" + "x".repeat(70_000) + "\r\n";
        HandSignedData data = HandSignedData.detached(text)
                .bySilent(new HandSigner(ALICE).direct().value(new byte[256]));
        for (int i = 0; i < lookAlikes; i++) {
            data.with(lookAlike(TestKeys.fresh(KeyKind.RSA_2048)));
        }
        SignerFacts facts = new OpenFixture(directory)
                .cms(data.der(), Messages.bytes(text))
                .opened()
                .facts()
                .signers()
                .getFirst();
        assertThat(facts.findings().contains(Finding.SIGNATURE_TOO_COSTLY)).isEqualTo(bounded);
    }
}
