package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
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

/** Windows' store over functions that count their handles. */
class WindowsStoreTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final TestIdentity OLD = CA.issue(Spec.mail("Alice", "alice@example.org")
            .validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z")));
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final SignatureScheme RSA = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
    private static final SignatureScheme PSS = new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA256);
    private static final SignatureScheme ECDSA = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
    private static final String OLDER = "Microsoft Base Cryptographic Provider v1.0";

    private final FakeWindows windows = new FakeWindows();
    private final WindowsStore store = new WindowsStore(windows::libraries, new MovableClock());

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(windows.alive()).isEmpty();
    }

    @Test
    void listsIdentitiesWithTheirChainsAndRetiredOnes() throws Exception {
        byte[] issuer = ALICE.intermediates().getFirst().getEncoded();
        windows.with(ALICE)
                .with(OLD)
                .withOther("CA", issuer)
                .withOther("MY", BOB.certificate().getEncoded());
        List<Identity> found = store.identities();
        assertThat(found).extracting(Identity::certificate).containsExactly(ALICE.certificate(), OLD.certificate());
        assertThat(found).extracting(Identity::retired).containsExactly(false, true);
        assertThat(found.getFirst().chain())
                .containsExactly(ALICE.intermediates().getFirst());
        assertThat(store.all())
                .containsExactly(BOB.certificate(), ALICE.intermediates().getFirst());
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
    }

    @Test
    void missingStoresAreEmptyOnes() throws Exception {
        assertThat(store.identities()).isEmpty();
        assertThat(store.all()).isEmpty();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
    }

    @Test
    void leavesOutWhatIsNoCertificateOrTooLong() throws Exception {
        windows.with(ALICE)
                .withOther("CA", new byte[] {1, 2, 3})
                .withOther("CA", new byte[0])
                .withOther("CA", new byte[Certificates.MAX_CERTIFICATE])
                .withOther("CA", new byte[Certificates.MAX_CERTIFICATE + 1]);
        assertThat(store.identities()).hasSize(1);
        assertThat(store.all()).isEmpty();
        assertThat(new Certificates(windows.libraries()).all("CA")).hasSize(2);
    }

    @Test
    void readsOnlySoManyCertificatesOfAStore() throws Exception {
        for (int count = 0; count <= Certificates.MAX_CERTIFICATES; count++) {
            windows.withOther("CA", new byte[] {1});
        }
        assertThat(new Certificates(windows.libraries()).all("CA")).hasSize(Certificates.MAX_CERTIFICATES);
    }

    @Test
    void aKeyThatIsNotTheCertificatesMakesNoSignature() throws Exception {
        windows.with(ALICE);
        windows.swapKey(ALICE, CA.issue(Spec.mail("Alice", "alice@example.org")));
        try (BoundKey key = bound(ALICE)) {
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
            assertThat(kind(() -> key.sign(PSS, MESSAGE))).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
        }
    }

    @Test
    void signsWithRsaAndTellsWindowsWhoAsks() throws Exception {
        windows.with(BOB).with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            assertThat(key.supports(ECDSA)).isFalse();
            assertThat(key.agreement()).isEmpty();
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            verify(pss, ALICE, key.sign(PSS, MESSAGE));
        }
        assertThat(windows.cng().properties())
                .containsEntry("HWND Handle", Long.toString(FakeWindows.WINDOW))
                .containsEntry("Use Context", "Zegel: e-mail");
    }

    @Test
    void signsWithEcdsaAndAgrees() throws Exception {
        windows.with(ALICE).with(BOB);
        TestIdentity peer = CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));
        KeyAgreement theirs = KeyAgreement.getInstance("ECDH");
        theirs.init(peer.privateKey());
        theirs.doPhase(BOB.certificate().getPublicKey(), true);
        try (BoundKey key = bound(BOB)) {
            verify("SHA256withECDSA", BOB, key.sign(ECDSA, MESSAGE));
            assertThat(key.supports(PSS)).isFalse();
            assertThat(key.decryption()).isEmpty();
            var agreement = key.agreement().orElseThrow();
            assertThat(agreement.agree(peer.certificate().getPublicKey())).isEqualTo(theirs.generateSecret());
            windows.cng().derivationFails(WindowsCode.NTE_NOT_SUPPORTED.value());
            assertThat(kind(() -> agreement.agree(peer.certificate().getPublicKey())))
                    .isEqualTo(Failure.Kind.UNSUPPORTED);
        }
    }

    @Test
    void refusesAPointOfAnotherCurve() throws Exception {
        windows.with(BOB);
        TestIdentity peer = CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P384));
        try (BoundKey key = bound(BOB)) {
            var agreement = key.agreement().orElseThrow();
            assertThat(kind(() -> agreement.agree(peer.certificate().getPublicKey())))
                    .isEqualTo(Failure.Kind.CANNOT_DECRYPT);
        }
    }

    @Test
    void decryptsAndTellsNothingOfBadPadding() throws Exception {
        windows.with(ALICE);
        byte[] label = {1, 2, 3};
        try (BoundKey key = bound(ALICE)) {
            var decryption = key.decryption().orElseThrow();
            assertThat(decryption.pkcs1(encrypted("PKCS1Padding"))).isEqualTo(MESSAGE);
            byte[] oaep = encrypted("OAEPWithSHA-1AndMGF1Padding");
            assertThat(decryption.oaep(oaep, "SHA-1", "SHA-1", new byte[0])).isEqualTo(MESSAGE);
            assertThat(decryption.oaep(labelled(label), "SHA-256", "SHA-256", label))
                    .isEqualTo(MESSAGE);
            assertThat(kind(() -> decryption.oaep(labelled(label), "SHA-256", "SHA-256", new byte[3])))
                    .isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(kind(() -> decryption.pkcs1(oaep))).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(kind(() -> decryption.pkcs1(new byte[257]))).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(kind(() -> decryption.oaep(oaep, "SHA-256", "SHA-1", new byte[0])))
                    .isEqualTo(Failure.Kind.UNSUPPORTED);
        }
    }

    @Test
    void aContainerOfMicrosoftsOlderProviderIsOpenedByTheOneThatKnowsSha2() throws Exception {
        windows.with(ALICE).byCapi(OLDER);
        try (BoundKey key = bound(ALICE)) {
            assertThat(key.supports(PSS)).isFalse();
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
        }
    }

    @Test
    void aVendorsProviderOfCryptoApiSignsAndDecrypts() throws Exception {
        windows.with(ALICE).byCapi("A vendor's");
        try (BoundKey key = bound(ALICE)) {
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
            var decryption = key.decryption().orElseThrow();
            assertThat(decryption.pkcs1(encrypted("PKCS1Padding"))).isEqualTo(MESSAGE);
            byte[] oaep = encrypted("OAEPWithSHA-1AndMGF1Padding");
            assertThat(decryption.oaep(oaep, "SHA-1", "SHA-1", new byte[0])).isEqualTo(MESSAGE);
            assertThat(kind(() -> decryption.pkcs1(oaep))).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(kind(() -> decryption.oaep(oaep, "SHA-256", "SHA-256", new byte[0])))
                    .isEqualTo(Failure.Kind.UNSUPPORTED);
            windows.capi().signingFails(WindowsCode.SCARD_W_REMOVED_CARD.value());
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(Failure.Kind.TOKEN_REMOVED);
        }
    }

    @Test
    void anotherVendorsContainerIsNotOpenedByMicrosoft() throws Exception {
        windows.with(ALICE).byCapi("Another vendor's, without SHA-2");
        try (BoundKey key = bound(ALICE)) {
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(Failure.Kind.UNSUPPORTED);
        }
    }

    @Test
    void aHandleThatBelongsToTheCertificateLivesAsLongAsItIsUsed() throws Exception {
        windows.with(ALICE).cached();
        try (BoundKey key = bound(ALICE)) {
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
        }
        windows.byCapi("A vendor's");
        try (BoundKey key = bound(ALICE)) {
            verify("SHA256withRSA", ALICE, key.sign(RSA, MESSAGE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x000004C7, PIN_CANCELLED",
        "0x800704C7, PIN_CANCELLED",
        "0x80090036, PIN_CANCELLED",
        "0x8010006E, PIN_CANCELLED",
        "0x8010006B, PIN_INCORRECT",
        "0x8010002A, PIN_INCORRECT",
        "0x8010006C, PIN_LOCKED",
        "0x80100069, TOKEN_REMOVED",
        "0x8010000C, TOKEN_REMOVED",
        "0x80090030, TOKEN_REMOVED",
        "0x8010001D, STORE_UNAVAILABLE",
        "0x80090013, STORE_UNAVAILABLE",
        "0x8010000B, BUSY",
        "0x80090016, IDENTITY_NOT_FOUND",
        "0x80090010, IDENTITY_UNSUITABLE",
        "0x80090022, NO_PROMPT",
        "0x80090029, UNSUPPORTED",
        "0x80090020, INTERNAL"
    })
    void errorsOfWindowsBecomeKinds(String code, Failure.Kind expected) throws Exception {
        windows.with(ALICE);
        int value = Integer.parseUnsignedInt(code.substring(2), 16);
        try (BoundKey key = bound(ALICE)) {
            windows.cng().usesFail(value);
            assertThat(kind(() -> key.sign(RSA, MESSAGE))).isEqualTo(expected);
            Failure.Kind decrypting = expected == Failure.Kind.INTERNAL ? Failure.Kind.CANNOT_DECRYPT : expected;
            var decryption = key.decryption().orElseThrow();
            assertThat(kind(() -> decryption.pkcs1(new byte[256]))).isEqualTo(decrypting);
        }
        windows.acquiringFails(value);
        assertThat(kind(() -> bound(ALICE))).isEqualTo(expected);
    }

    @Test
    void anAgreementThatFailsLeavesNothingOpen() throws Exception {
        windows.with(BOB);
        try (BoundKey key = bound(BOB)) {
            windows.cng().usesFail(WindowsCode.SCARD_W_REMOVED_CARD.value());
            var agreement = key.agreement().orElseThrow();
            assertThat(kind(() -> agreement.agree(BOB.certificate().getPublicKey())))
                    .isEqualTo(Failure.Kind.TOKEN_REMOVED);
        }
    }

    @Test
    void aStoreThatDoesNotOpenIsToldInTheInfo() {
        windows.openingFails(5);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(store.info().problem()).contains("0x00000005");
        assertThat(kind(store::identities)).isEqualTo(Failure.Kind.INTERNAL);
    }

    @Test
    void needsAYesForThisIdentity() throws Exception {
        windows.with(ALICE).with(BOB);
        Identity first = store.identities().getFirst();
        Identity second = store.identities().getLast();
        assertThat(kind(() -> store.bind(first, TestConsent.granting(second)))).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }

    @Test
    void aClosedKeyIsUsedNoMore() throws Exception {
        windows.with(ALICE);
        BoundKey key = bound(ALICE);
        key.close();
        key.close();
        assertThatThrownBy(() -> key.sign(RSA, MESSAGE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesMoreThanAKeySigns() throws Exception {
        windows.with(ALICE);
        try (BoundKey key = bound(ALICE)) {
            assertThat(key.sign(RSA, new byte[BoundKey.MAX_TO_BE_SIGNED])).isNotEmpty();
            assertThat(kind(() -> key.sign(RSA, new byte[BoundKey.MAX_TO_BE_SIGNED + 1])))
                    .isEqualTo(Failure.Kind.CONTENT_TOO_LARGE);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void elsewhereThanOnWindowsItSaysThatItsLibrariesAreMissing() {
        StoreInfo info = WindowsStore.ofThisMachine(new MovableClock()).info();
        assertThat(info.state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(info.problem()).contains("Windows lacks");
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

    private static byte[] labelled(byte[] label) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                ALICE.certificate().getPublicKey(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)));
        return cipher.doFinal(MESSAGE);
    }

    private static void verify(String algorithm, TestIdentity own, byte[] signature) throws Exception {
        verify(Signature.getInstance(algorithm), own, signature);
    }

    private static void verify(Signature check, TestIdentity own, byte[] signature) throws Exception {
        check.initVerify(own.certificate().getPublicKey());
        check.update(MESSAGE);
        assertThat(check.verify(signature)).isTrue();
    }

    private static Failure.Kind kind(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call).kind();
    }
}
