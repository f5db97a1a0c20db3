package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.TokenName;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

class TokenIdentitiesTest extends SoftTokenFixture {
    private static final SignatureScheme RSA_SHA256 =
            new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);

    @Test
    void listsIdentitiesWithoutAPin() throws Failure {
        Store store = store();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(store.info().problem()).isNull();
        assertThat(store.identities()).hasSize(6);
        Identity alice = identity(store, RSA);
        assertThat(alice.uses()).containsExactlyInAnyOrder(Identity.KeyUse.SIGN, Identity.KeyUse.DECRYPT);
        assertThat(alice.retired()).isFalse();
        assertThat(alice.chain()).containsExactly(CA.certificate());
        assertThat(identity(store, P256).uses()).containsExactlyInAnyOrder(Identity.KeyUse.SIGN, Identity.KeyUse.AGREE);
    }

    @Test
    void takesNoCertificateWithAnAddressForAnAuthoritys() throws Failure {
        assertThat(HOME_MADE.certificate().getBasicConstraints()).isNotNegative();
        assertThat(identity(HOME_MADE).retired()).isFalse();
    }

    @Test
    void keepsAnExpiredOneForDecryption() throws Failure {
        assertThat(identity(EXPIRED).retired()).isTrue();
    }

    @Test
    void showsACertificateWithoutAKeyAsOneOfOthers() throws Failure {
        assertThat(store().certificates().orElseThrow().all()).containsExactly(CA.certificate());
    }

    @Test
    void keepsItsIdsOverARestart() throws Failure {
        Store store = store();
        Store later = store(stores(MINUTES));
        assertThat(later).isNotSameAs(store);
        assertThat(later.id()).isEqualTo(store.id());
        assertThat(identity(later, RSA).id()).isEqualTo(identity(store, RSA).id());
        assertThat(store.id().value()).matches("pkcs11-[0-9a-f]{16}");
    }

    @Test
    void makesIdsOfWhatTheTokenSaysAndNothingElse() {
        TokenName name = new TokenName("label", "maker", "model", "serial");
        assertThat(Pkcs11Stores.id(name)).isEqualTo(Pkcs11Stores.id(name));
        assertThat(Pkcs11Stores.id(name)).isNotEqualTo(Pkcs11Stores.id(new TokenName("label", "maker", "model", "2")));
        assertThat(Pkcs11Stores.id(new TokenName("a", "bc", "", "")))
                .isNotEqualTo(Pkcs11Stores.id(new TokenName("ab", "c", "", "")));
    }

    @Test
    void hasOneStoreForATokenThatTwoModulesShow() {
        ModuleSpec again = new ModuleSpec("again", soft.spec().library(), "");
        Pkcs11Stores twice = new Pkcs11Stores(
                () -> List.of(new FoundModule(soft.spec(), null), new FoundModule(again, null)),
                modules,
                clock,
                MINUTES,
                () -> true);
        assertThat(twice.stores().stream().map(Store::id)).doesNotHaveDuplicates();
        assertThat(twice.known()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithAModule() {
        ModuleSpec missing = new ModuleSpec("Missing", Path.of("/nowhere/missing.so"), null);
        ModuleSpec refused = new ModuleSpec("Refused", Path.of("/nowhere/refused.so"), null);
        Pkcs11Stores broken = new Pkcs11Stores(
                () -> List.of(new FoundModule(missing, null), new FoundModule(refused, "Anybody can change it.")),
                modules,
                clock,
                MINUTES,
                () -> true);
        List<Store> stores = broken.stores();
        assertThat(stores).allSatisfy(store -> {
            assertThat(store.info().state()).isEqualTo(StoreInfo.State.FAILED);
            assertThat(store.info().problem()).doesNotContain("/");
            assertThat(store.identities()).isEmpty();
        });
        assertThat(stores.stream().map(store -> store.info().problem()))
                .anySatisfy(problem -> assertThat(problem).contains("not there"))
                .contains("Anybody can change it.");
    }

    @Test
    void asksForThePinOnceInItsTime() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN);
        for (int use = 0; use < 2; use++) {
            try (BoundKey key = store.bind(alice, person.forKeyUse(alice))) {
                key.sign(RSA_SHA256, new byte[] {1});
            }
        }
        assertThat(person.asked()).hasSize(1);
        SecretQuestion asked = person.asked().getFirst();
        assertThat(asked.kind()).isEqualTo(SecretQuestion.Kind.PIN);
        assertThat(asked.storeName()).isEqualTo("Zegel test");
        assertThat(asked.previousWrong()).isFalse();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
    }

    @Test
    void asksAgainWhenTheTimeIsOver() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN, PIN);
        store.bind(alice, person.forKeyUse(alice)).close();
        clock.advance(MINUTES);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        store.bind(alice, person.forKeyUse(alice)).close();
        assertThat(person.asked()).hasSize(2);
    }

    @Test
    void asksForEachUseWhereNothingIsKept() throws Exception {
        Store store = store(stores(java.time.Duration.ZERO));
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN, PIN);
        for (int use = 1; use <= 2; use++) {
            try (BoundKey key = store.bind(alice, person.forKeyUse(alice))) {
                key.sign(RSA_SHA256, new byte[] {1});
            }
            assertThat(person.asked()).hasSize(use);
            assertThat(modules.open(soft.spec()).tokens()).noneMatch(token -> token.loggedIn());
        }
    }

    @Test
    void asksAgainAfterItWasLocked() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN, PIN);
        store.bind(alice, person.forKeyUse(alice)).close();
        store.locking().orElseThrow().lock();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(modules.open(soft.spec()).tokens()).noneMatch(token -> token.loggedIn());
        store.bind(alice, person.forKeyUse(alice)).close();
        assertThat(person.asked()).hasSize(2);
    }

    @Test
    void asksAgainWhenThePinWasWrong() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person("1111".toCharArray(), PIN);
        store.bind(alice, person.forKeyUse(alice)).close();
        assertThat(person.asked().stream().map(SecretQuestion::previousWrong)).containsExactly(false, true);
    }

    @Test
    void givesUpWithThePersonAndLeavesNothingOpen() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        Failure cancelled = failing(() -> store.bind(alice, TestConsent.granting(alice)));
        assertThat(cancelled.kind()).isEqualTo(Failure.Kind.PIN_CANCELLED);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
    }

    @Test
    void asksAgainWhenTheHelperHadToBeStartedAnew() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN, PIN);
        try (BoundKey key = store.bind(alice, person.forKeyUse(alice))) {
            modules.open(soft.spec()).close();
            assertThat(key.sign(RSA_SHA256, new byte[] {1})).hasSize(256);
        }
        assertThat(person.asked()).hasSize(2);
    }

    @Test
    void bindsOnlyWhatWasAgreedTo() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        Identity bob = identity(store, P256);
        Failure refused = failing(() -> store.bind(bob, TestConsent.granting(alice, PIN)));
        assertThat(refused.kind()).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }
}
