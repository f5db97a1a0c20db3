package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.Store;
import org.zegel.store.cryptoki.SoftToken;
import org.zegel.store.cryptoki.helper.HelperCommand;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** A SoftHSM token with keys of every kind, behind stores of which each test has its own. */
abstract class SoftTokenFixture {
    static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    static final TestIdentity RSA = CA.issue(Spec.mail("Alice", "alice@example.org"));
    static final TestIdentity P256 =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    static final TestIdentity P384 =
            CA.issue(Spec.mail("Carol", "carol@example.org").key(KeyKind.P384));
    static final TestIdentity ED25519 =
            CA.issue(Spec.mail("Dave", "dave@example.org").key(KeyKind.ED25519));
    static final TestIdentity EXPIRED = CA.issue(Spec.mail("Alice", "alice@example.org")
            .validity(Spec.NOT_BEFORE, Spec.NOT_BEFORE.plus(Duration.ofDays(365))));
    static final TestIdentity HOME_MADE = TestAuthority.root(
                    Spec.authority("Home-made").rfc822("home@example.org"))
            .identity();
    static final char[] PIN = SoftToken.PIN.toCharArray();
    static final Duration MINUTES = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    static SoftToken soft;
    static ModuleProcesses modules;

    final MovableClock clock = new MovableClock();
    final Pkcs11Stores stores = stores(MINUTES);

    @BeforeAll
    static void makeToken() throws Exception {
        soft = SoftToken.create(folder, "Zegel test");
        put(RSA, 1, "rsa");
        putEc(P256, 2, "p256");
        putEc(P384, 3, "p384");
        put(ED25519, 4, "ed25519");
        put(EXPIRED, 5, "expired");
        put(HOME_MADE, 6, "home-made");
        soft.importCertificate(CA.certificate().getEncoded(), new byte[] {9}, "issuer");
        HelperCommand command = new HelperCommand(ModuleHelper.command().command(), soft.environment());
        modules = new ModuleProcesses(command, HelperLimits.STANDARD);
    }

    private static void put(TestIdentity identity, int id, String name) throws Exception {
        soft.importKey(identity.privateKey(), new byte[] {(byte) id}, name);
        soft.importCertificate(identity.certificate().getEncoded(), new byte[] {(byte) id}, name);
    }

    private static void putEc(TestIdentity identity, int id, String name) throws Exception {
        soft.importAgreementKey(identity.privateKey(), new byte[] {(byte) id}, name);
        soft.importCertificate(identity.certificate().getEncoded(), new byte[] {(byte) id}, name);
    }

    @AfterEach
    void lock() {
        stores.known().forEach(store -> store.locking().orElseThrow().lock());
    }

    @AfterAll
    static void endHelpers() {
        modules.close();
    }

    Pkcs11Stores stores(Duration unlockedFor) {
        return new Pkcs11Stores(
                () -> List.of(new FoundModule(soft.spec(), null)), modules, clock, unlockedFor, () -> true);
    }

    Store store() {
        return store(stores);
    }

    static Store store(Pkcs11Stores stores) {
        return stores.stores().stream()
                .filter(store -> store.info().name().equals("Zegel test"))
                .findFirst()
                .orElseThrow();
    }

    Identity identity(TestIdentity of) throws Failure {
        return identity(store(), of);
    }

    static Identity identity(Store store, TestIdentity of) throws Failure {
        return store.identities().stream()
                .filter(identity -> identity.certificate().equals(of.certificate()))
                .findFirst()
                .orElseThrow();
    }

    static Failure failing(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
