package org.zegel.store.macos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.StoreInfo;

/** The keychain's store over frameworks that count their objects' owners. */
class KeychainStoreTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final TestIdentity OLD = CA.issue(Spec.mail("Alice", "alice@example.org")
            .validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z")));
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final SignatureScheme RSA = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
    private static final SignatureScheme ECDSA = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);

    private final FakeMac mac = new FakeMac();
    private final KeychainStore store = new KeychainStore(new SecurityKeychain(mac::frameworks), new MovableClock());

    @AfterEach
    void nothingIsLeftUnreleased() {
        assertThat(mac.alive()).as("%s", mac).isZero();
    }

    @Test
    void listsIdentitiesWithTheirChainsAndRetiredOnes() throws Exception {
        mac.with(ALICE).with(OLD).withOther(ALICE.intermediates().getFirst().getEncoded());
        List<Identity> found = store.identities();
        assertThat(found).extracting(Identity::certificate).containsExactly(ALICE.certificate(), OLD.certificate());
        assertThat(found).extracting(Identity::retired).containsExactly(false, true);
        assertThat(found.getFirst().chain()).startsWith(ALICE.intermediates().getFirst());
        assertThat(store.all()).containsExactly(ALICE.intermediates().getFirst());
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
    }

    @Test
    void anEmptyKeychainIsNoFailure() throws Exception {
        assertThat(store.identities()).isEmpty();
        assertThat(store.all()).isEmpty();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
    }

    @Test
    void leavesOutWhatIsNoCertificateOrTooLong() throws Exception {
        mac.with(ALICE).withOther(new byte[] {1, 2, 3}).withOther(new byte[KeychainStore.MAX_CERTIFICATE + 1]);
        assertThat(store.identities()).hasSize(1);
        assertThat(store.all()).isEmpty();
    }

    @Test
    void signsWithRsa() throws Exception {
        mac.with(BOB).with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            assertThat(key.supports(ECDSA)).isFalse();
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
        }
    }

    @Test
    void signsWithEcdsaAndAgrees() throws Exception {
        mac.with(ALICE).with(BOB);
        TestIdentity peer = CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));
        KeyAgreement theirs = KeyAgreement.getInstance("ECDH");
        theirs.init(peer.privateKey());
        theirs.doPhase(BOB.certificate().getPublicKey(), true);
        try (BoundKey key = bound(BOB)) {
            verify("SHA256withECDSA", BOB, key.sign(ECDSA, MESSAGE));
            assertThat(key.decryption()).isEmpty();
            byte[] secret =
                    key.agreement().orElseThrow().agree(peer.certificate().getPublicKey());
            assertThat(secret).isEqualTo(theirs.generateSecret());
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesMakesNoSignature() throws Exception {
        TestIdentity other = CA.issue(Spec.mail("Alice", "alice@example.org"));
        mac.with(ALICE);
        mac.swapKey(ALICE, other);
        try (BoundKey key = bound(ALICE)) {
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
        }
    }

    @Test
    void refusesAPointOfAnotherCurve() throws Exception {
        mac.with(BOB);
        TestIdentity peer = CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P384));
        try (BoundKey key = bound(BOB)) {
            var agreement = key.agreement().orElseThrow();
            assertThat(kind(() -> agreement.agree(peer.certificate().getPublicKey())))
                    .isEqualTo(Failure.Kind.CANNOT_DECRYPT);
        }
    }

    @Test
    void decryptsAndTellsNothingOfBadPadding() throws Exception {
        mac.with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            var decryption = key.decryption().orElseThrow();
            assertThat(decryption.pkcs1(encrypted("PKCS1Padding"))).isEqualTo(MESSAGE);
            byte[] oaep = encrypted("OAEPWithSHA-1AndMGF1Padding");
            assertThat(decryption.oaep(oaep, "SHA-1", "SHA-1", new byte[0])).isEqualTo(MESSAGE);
            assertThat(kind(() -> decryption.pkcs1(oaep))).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(kind(() -> decryption.oaep(oaep, "SHA-256", "SHA-1", new byte[0])))
                    .isEqualTo(Failure.Kind.UNSUPPORTED);
            assertThat(kind(() -> decryption.oaep(oaep, "SHA-1", "SHA-1", new byte[1])))
                    .isEqualTo(Failure.Kind.UNSUPPORTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NSOSStatusErrorDomain, -128, PIN_CANCELLED",
        "NSOSStatusErrorDomain, -25293, PIN_INCORRECT",
        "NSOSStatusErrorDomain, -25300, IDENTITY_NOT_FOUND",
        "NSOSStatusErrorDomain, -25308, NO_PROMPT",
        "NSOSStatusErrorDomain, -25315, NO_PROMPT",
        "NSOSStatusErrorDomain, -25291, STORE_UNAVAILABLE",
        "NSOSStatusErrorDomain, -34018, STORE_UNAVAILABLE",
        "NSOSStatusErrorDomain, -50, INTERNAL",
        "NSOSStatusErrorDomain, 4294967168, INTERNAL",
        "CryptoTokenKit, -2, TOKEN_REMOVED",
        "CryptoTokenKit, -3, INTERNAL",
        "CryptoTokenKit, -4, PIN_CANCELLED",
        "CryptoTokenKit, -5, PIN_INCORRECT",
        "CryptoTokenKit, -6, IDENTITY_NOT_FOUND",
        "CryptoTokenKit, -7, TOKEN_REMOVED",
        "CryptoTokenKit, -9, NO_PROMPT",
        "slow, 0, BUSY",
        "unanswered, 0, CONSENT_TIMEOUT",
        "SomethingElse, -4, INTERNAL"
    })
    void errorsOfMacosBecomeKinds(String domain, long code, Failure.Kind expected) throws Exception {
        mac.with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            mac.usesFail(domain, code);
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(expected);
            Failure.Kind decrypting = expected == Failure.Kind.INTERNAL ? Failure.Kind.CANNOT_DECRYPT : expected;
            var decryption = key.decryption().orElseThrow();
            assertThat(kind(() -> decryption.pkcs1(new byte[256]))).isEqualTo(decrypting);
        }
    }

    @Test
    void aFailedSearchIsToldInTheInfo() throws Exception {
        mac.searchesFail(-25_308);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(store.info().problem()).contains("Log in at the screen");
        assertThat(kind(store::identities)).isEqualTo(Failure.Kind.NO_PROMPT);
    }

    @Test
    void needsAYesForThisIdentity() throws Exception {
        mac.with(ALICE).with(BOB);
        Identity first = store.identities().getFirst();
        Identity second = store.identities().getLast();
        assertThat(kind(() -> store.bind(first, TestConsent.granting(second)))).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }

    @Test
    void aClosedKeyIsUsedNoMore() throws Exception {
        mac.with(ALICE);
        BoundKey key = bound(ALICE);
        key.close();
        key.close();
        assertThatThrownBy(() -> key.sign(RSA, MESSAGE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesMoreThanAKeySigns() throws Exception {
        mac.with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            assertThat(key.sign(RSA, new byte[BoundKey.MAX_TO_BE_SIGNED])).isNotEmpty();
            assertThat(kind(() -> key.sign(RSA, new byte[BoundKey.MAX_TO_BE_SIGNED + 1])))
                    .isEqualTo(Failure.Kind.CONTENT_TOO_LARGE);
        }
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void elsewhereThanOnMacosItSaysThatThereIsNoKeychain() {
        StoreInfo info = KeychainStore.ofThisMachine(new MovableClock()).info();
        assertThat(info.state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(info.problem()).contains("no access to the keychain");
    }

    private BoundKey bound(TestIdentity own) throws Failure {
        Identity identity = store.identities().stream()
                .filter(each -> each.certificate().equals(own.certificate()))
                .findFirst()
                .orElseThrow();
        return store.bind(identity, TestConsent.granting(identity));
    }

    private static byte[] encrypted(String padding) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
        cipher.init(Cipher.ENCRYPT_MODE, ALICE.certificate().getPublicKey());
        return cipher.doFinal(MESSAGE);
    }

    private static void verify(String algorithm, TestIdentity own, byte[] signature) throws Exception {
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(own.certificate().getPublicKey());
        check.update(MESSAGE);
        assertThat(check.verify(signature)).isTrue();
    }

    private static Failure.Kind kind(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call).kind();
    }
}
