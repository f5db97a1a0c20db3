package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.card.CardRig;
import org.zegel.fixtures.card.OpenSc;
import org.zegel.fixtures.card.PivCard;
import org.zegel.fixtures.card.PivSlot;
import org.zegel.fixtures.card.TestCards;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** A PIV card in a virtual reader, through pcscd and OpenSC. */
@Timeout(120)
class CardTest {
    private static final TestAuthority CA = TestAuthority.root("Card CA");
    private static final TestCards CARDS = new TestCards(CA);
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final char[] PIN = TestCards.PIN.toCharArray();
    private static final char[] WRONG = TestCards.WRONG_PIN.toCharArray();
    private static final SignatureScheme RSA_SHA256 =
            new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);

    private static CardRig rig;
    private static ModuleProcesses modules;

    private final MovableClock clock = new MovableClock();
    private final ModuleSpec spec = new ModuleSpec("OpenSC", OpenSc.module(), null);
    private final Pkcs11Stores stores = new Pkcs11Stores(
            () -> List.of(new FoundModule(spec, null)), modules, clock, Duration.ofMinutes(5), () -> true);
    private PivCard card;

    @BeforeAll
    static void startReaders() {
        rig = CardRig.start(2);
        // OpenSC hangs when a card is taken out during some uses; the test need not wait as long as a person.
        HelperLimits usual = HelperLimits.STANDARD;
        HelperLimits limits = new HelperLimits(
                usual.start(),
                Duration.ofSeconds(5),
                usual.longest(),
                usual.pinPad(),
                usual.idle(),
                usual.firstRest(),
                usual.longestRest(),
                usual.helpers());
        modules = new ModuleProcesses(new HelperCommand(ModuleHelper.command().command(), rig.environment()), limits);
    }

    @AfterAll
    static void stopReaders() {
        if (modules != null) {
            modules.close();
        }
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void insert() {
        card = CARDS.rsa("Jansen", "jan@example.org");
        rig.reader(0).insert(card);
    }

    @AfterEach
    void remove() {
        if (rig.reader(0).holdsCard()) {
            rig.reader(0).remove();
        }
    }

    private Store store() {
        List<Store> found = stores.stores();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Identity identity(Store store, PivSlot slot) throws Failure {
        TestIdentity made = card.identity(slot);
        return store.identities().stream()
                .filter(each -> each.certificate().equals(made.certificate()))
                .findFirst()
                .orElseThrow();
    }

    private static Failure failing(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void showsWhatIsOnTheCardWithoutAPin() throws Failure {
        Store store = store();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(store.identities()).hasSize(6);
        assertThat(identity(store, PivSlot.SIGNATURE).retired()).isFalse();
        assertThat(identity(store, PivSlot.SIGNATURE).uses()).containsExactly(Identity.KeyUse.SIGN);
        assertThat(identity(store, PivSlot.KEY_MANAGEMENT).uses()).containsExactly(Identity.KeyUse.DECRYPT);
        assertThat(identity(store, PivSlot.RETIRED_1).retired()).isTrue();
        assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
    }

    @Test
    void doesWhatTheTableSays() throws Exception {
        AlgorithmRow.isInTheDocs("PIV card, RSA (OpenSC)", store(), PIN);
    }

    @Test
    void asksForEachSignatureWhereTheCardWantsThat() throws Exception {
        Store store = store();
        Identity signer = identity(store, PivSlot.SIGNATURE);
        TestConsent person = TestConsent.person(PIN, PIN, PIN);
        try (BoundKey key = store.bind(signer, person.forKeyUse(signer))) {
            for (int use = 0; use < 2; use++) {
                Signature verifier = Signature.getInstance("SHA256withRSA");
                verifier.initVerify(signer.certificate());
                verifier.update(MESSAGE);
                assertThat(verifier.verify(key.sign(RSA_SHA256, MESSAGE))).isTrue();
            }
        }
        assertThat(person.asked().stream().map(SecretQuestion::kind))
                .containsExactly(
                        SecretQuestion.Kind.PIN, SecretQuestion.Kind.PIN_FOR_USE, SecretQuestion.Kind.PIN_FOR_USE);
    }

    @Test
    void asksAgainForAUseWhenItsPinWasWrong() throws Exception {
        Store store = store();
        Identity signer = identity(store, PivSlot.SIGNATURE);
        TestConsent person = TestConsent.person(PIN, WRONG, PIN, PIN);
        try (BoundKey key = store.bind(signer, person.forKeyUse(signer))) {
            assertThat(key.sign(RSA_SHA256, MESSAGE)).hasSize(256);
        }
        assertThat(person.asked().get(2).previousWrong()).isTrue();
        assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
    }

    @Test
    void opensOldMailWithARetiredKey() throws Exception {
        Store store = store();
        Identity retired = identity(store, PivSlot.RETIRED_1);
        byte[] secret = {7, 7, 7};
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, retired.certificate().getPublicKey());
        byte[] encrypted = cipher.doFinal(secret);
        TestConsent person = TestConsent.person(PIN);
        try (BoundKey key = store.bind(retired, person.forKeyUse(retired))) {
            assertThat(key.decryption().orElseThrow().pkcs1(encrypted)).isEqualTo(secret);
            assertThat(key.decryption().orElseThrow().pkcs1(encrypted)).isEqualTo(secret);
        }
        assertThat(person.asked()).hasSize(1);
    }

    @Test
    void warnsBeforeTheLastTryAndThenSaysThatItIsLocked() throws Exception {
        Store store = store();
        Identity reader = identity(store, PivSlot.KEY_MANAGEMENT);
        TestConsent person = TestConsent.person(WRONG, WRONG, WRONG, PIN);
        Failure locked = failing(() -> store.bind(reader, person.forKeyUse(reader)));

        assertThat(locked.kind()).isEqualTo(Failure.Kind.PIN_LOCKED);
        assertThat(person.asked().stream().map(SecretQuestion::previousWrong)).containsExactly(false, true, true);
        assertThat(person.asked().stream().map(SecretQuestion::triesLeft)).containsExactly(null, null, 1);
        assertThat(store().info().problem()).contains("locked", "PUK");
        Failure still = failing(() -> store.bind(reader, TestConsent.granting(reader, PIN)));
        assertThat(still.kind()).isEqualTo(Failure.Kind.PIN_LOCKED);
    }

    @Test
    void saysOnTheListThatOneTryIsLeft() throws Exception {
        Store store = store();
        Identity reader = identity(store, PivSlot.KEY_MANAGEMENT);
        failing(() -> store.bind(reader, TestConsent.person(WRONG, WRONG).forKeyUse(reader)));
        assertThat(card.pinTries()).isEqualTo(1);
        assertThat(store().info().problem()).contains("One more wrong PIN locks");
    }

    @Test
    void knowsThatTheCardWasTakenOutAndAsksWhenItIsBack() throws Exception {
        Store store = store();
        Identity reader = identity(store, PivSlot.KEY_MANAGEMENT);
        byte[] encrypted = new byte[256];
        Arrays.fill(encrypted, 1, 256, (byte) 3);
        TestConsent person = TestConsent.person(PIN, PIN);
        try (BoundKey key = store.bind(reader, person.forKeyUse(reader))) {
            rig.reader(0).remove();
            Failure removed = failing(() -> key.decryption().orElseThrow().pkcs1(encrypted));
            assertThat(removed.kind()).isEqualTo(Failure.Kind.TOKEN_REMOVED);
        }
        assertThat(stores.stores().getFirst().info().state()).isEqualTo(StoreInfo.State.EMPTY);
        assertThat(failing(() -> store.bind(reader, person.forKeyUse(reader))))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.TOKEN_REMOVED);
        rig.reader(1).insert(card);
        try {
            assertThat(store()).isSameAs(store);
            store.bind(reader, person.forKeyUse(reader)).close();
            assertThat(person.asked()).hasSize(2);
            assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
        } finally {
            rig.reader(1).remove();
        }
    }
}
