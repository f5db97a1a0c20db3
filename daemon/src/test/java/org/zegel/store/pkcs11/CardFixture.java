package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.zegel.app.helper.ModuleHelper;
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
import org.zegel.store.Store;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** Two virtual readers, a PIV card in the first, through pcscd and OpenSC; each test has stores of its own. */
abstract class CardFixture {
    static final TestAuthority CA = TestAuthority.root("Card CA");
    static final TestCards CARDS = new TestCards(CA);
    static final byte[] MESSAGE = {1, 2, 3};
    static final char[] PIN = TestCards.PIN.toCharArray();
    static final char[] WRONG = TestCards.WRONG_PIN.toCharArray();
    static final SignatureScheme RSA_SHA256 = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);

    static CardRig rig;
    static ModuleProcesses modules;

    final MovableClock clock = new MovableClock();
    final ModuleSpec spec = new ModuleSpec("OpenSC", OpenSc.module(), null);
    final Pkcs11Stores stores = new Pkcs11Stores(
            () -> List.of(new FoundModule(spec, null)), modules, clock, Duration.ofMinutes(5), () -> true);
    PivCard card;

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
        rig.reader(0).remove();
        rig.reader(1).remove();
    }

    Store store() {
        List<Store> found = stores.stores();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    Identity identity(Store store, PivSlot slot) throws Failure {
        return identity(store, card, slot);
    }

    static Identity identity(Store store, PivCard card, PivSlot slot) throws Failure {
        TestIdentity made = card.identity(slot);
        return store.identities().stream()
                .filter(each -> each.certificate().equals(made.certificate()))
                .findFirst()
                .orElseThrow();
    }

    static Failure failing(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    static boolean verifies(Identity signer, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(signer.certificate());
        verifier.update(message);
        return verifier.verify(signature);
    }
}
