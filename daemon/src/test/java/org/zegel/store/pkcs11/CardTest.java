package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.card.PivCard;
import org.zegel.fixtures.card.PivSlot;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;

/** A PIV card in a virtual reader, through pcscd and OpenSC. */
@Timeout(120)
class CardTest extends CardFixture {
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
                assertThat(verifies(signer, MESSAGE, key.sign(RSA_SHA256, MESSAGE)))
                        .isTrue();
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
