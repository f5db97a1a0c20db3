package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.card.PivCard;
import org.zegel.fixtures.card.PivSlot;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.cryptoki.SoftToken;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** What goes wrong with cards and readers while keys are used. */
@Timeout(120)
class CardTroubleTest extends CardFixture {
    private static final int THREADS = 4;
    private static final int USES = 5;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void knowsThatTheCardWasPulledOutInMidSignatureAndSignsWhenItIsBack() throws Exception {
        Store store = store();
        Identity signer = identity(store, PivSlot.AUTHENTICATION);
        TestConsent person = TestConsent.person(PIN, PIN);
        try (BoundKey key = store.bind(signer, person.forKeyUse(signer))) {
            card.pullOutDuring(1);
            Failure removed = failing(() -> key.sign(RSA_SHA256, MESSAGE));
            assertThat(removed.kind()).as(removed.getMessage()).isEqualTo(Failure.Kind.TOKEN_REMOVED);
            rig.reader(0).awaitRemoved();
            rig.reader(0).insert(card);
            assertThat(verifies(signer, MESSAGE, key.sign(RSA_SHA256, MESSAGE))).isTrue();
        }
        assertThat(person.asked()).hasSize(2);
        assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
    }

    @Test
    void signsAgainWhenPcscdWasKilledAndStarted() throws Exception {
        Store store = store();
        Identity signer = identity(store, PivSlot.AUTHENTICATION);
        sign(store, signer);
        rig.killPcscd();
        try {
            assertThat(failing(() -> sign(store, signer)).kind())
                    .isIn(Failure.Kind.TOKEN_REMOVED, Failure.Kind.STORE_UNAVAILABLE);
            assertThat(stores.stores().getFirst().info().state()).isIn(StoreInfo.State.EMPTY, StoreInfo.State.FAILED);
        } finally {
            rig.startPcscd();
        }
        awaitStore(store);
        sign(store, signer);
        assertThat(card.pinTries()).isEqualTo(PivCard.TRIES);
    }

    @Test
    void twoCardsInTwoReadersSignForFourThreads() throws Exception {
        PivCard other = CARDS.rsa("De Vries", "vera@example.org");
        rig.reader(1).insert(other);
        List<Store> both = stores.stores();
        assertThat(both).hasSize(2);
        Store jansen = holding(both, card);
        Store vries = holding(both, other);
        assertThat(jansen).isNotSameAs(vries);
        Identity first = identity(jansen, card, PivSlot.AUTHENTICATION);
        Identity second = identity(vries, other, PivSlot.AUTHENTICATION);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                Store store = number % 2 == 0 ? jansen : vries;
                Identity signer = number % 2 == 0 ? first : second;
                all.add(threads.submit(() -> {
                    for (int use = 0; use < USES; use++) {
                        sign(store, signer);
                    }
                    return true;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(card.keyUses()).isEqualTo(THREADS / 2 * USES);
        assertThat(other.keyUses()).isEqualTo(THREADS / 2 * USES);

        rig.reader(1).remove();
        assertThat(failing(() -> sign(vries, second)).kind()).isEqualTo(Failure.Kind.TOKEN_REMOVED);
        sign(jansen, first);
    }

    @Test
    void aSlowCardDoesNotSlowAnotherStore() throws Exception {
        SoftToken soft = SoftToken.create(folder, "Quick");
        TestIdentity quick = CA.issue(Spec.mail("Quick", "quick@example.org"));
        soft.importKey(quick.privateKey(), new byte[] {1}, "quick");
        soft.importCertificate(quick.certificate().getEncoded(), new byte[] {1}, "quick");
        Map<String, String> environment = new HashMap<>(rig.environment());
        environment.putAll(soft.environment());
        HelperCommand command = new HelperCommand(ModuleHelper.command().command(), environment);
        List<FoundModule> found = List.of(new FoundModule(spec, null), new FoundModule(soft.spec(), null));
        try (ModuleProcesses helpers = new ModuleProcesses(command, HelperLimits.STANDARD);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Pkcs11Stores two = new Pkcs11Stores(() -> found, helpers, clock, Duration.ofMinutes(5), () -> true);
            List<Store> both = two.stores();
            Store slow = holding(both, card);
            Store other = both.stream()
                    .filter(store -> store.info().name().equals("Quick"))
                    .findFirst()
                    .orElseThrow();
            Identity slowly = identity(slow, card, PivSlot.AUTHENTICATION);
            Identity quickly = other.identities().getFirst();
            sign(slow, slowly);
            sign(other, quickly, SoftToken.PIN.toCharArray());
            card.slow(Duration.ofSeconds(2));
            Future<?> going = thread.submit(() -> {
                sign(slow, slowly);
                return true;
            });
            for (int use = 0; use < USES; use++) {
                sign(other, quickly, SoftToken.PIN.toCharArray());
            }
            assertThat(going.isDone()).isFalse();
            card.slow(Duration.ZERO);
            going.get();
        } finally {
            card.slow(Duration.ZERO);
        }
    }

    private static Store holding(List<Store> stores, PivCard card) throws Failure {
        for (Store store : stores) {
            boolean holds = store.identities().stream()
                    .anyMatch(each -> each.certificate()
                            .equals(card.identity(PivSlot.AUTHENTICATION).certificate()));
            if (holds) {
                return store;
            }
        }
        throw new AssertionError("no store has the card");
    }

    private static void sign(Store store, Identity signer) throws Exception {
        sign(store, signer, PIN);
    }

    private static void sign(Store store, Identity signer, char[] pin) throws Exception {
        TestConsent person = TestConsent.person(pin, pin);
        try (BoundKey key = store.bind(signer, person.forKeyUse(signer))) {
            assertThat(verifies(signer, MESSAGE, key.sign(RSA_SHA256, MESSAGE))).isTrue();
        }
    }

    private void awaitStore(Store store) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!stores.stores().contains(store)) {
            assertThat(System.nanoTime()).as("the card is seen again").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
