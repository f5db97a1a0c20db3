package org.zegel.store.nss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;
import org.zegel.store.pkcs11.AlgorithmRow;

/** Databases that NSS's own programs made, in a home as people have it, opened by NSS in a real helper process. */
class NssStoresTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity RSA = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity EC =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final TestIdentity OTHER = CA.issue(Spec.mail("Carol", "carol@example.org"));
    private static final String PASSWORD = "correct horse nss";
    private static final SignatureScheme PKCS1 = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);

    @TempDir
    Path home;

    @TempDir
    Path scratch;

    private final ModuleProcesses modules = new ModuleProcesses(ModuleHelper.command(), HelperLimits.STANDARD);

    @BeforeEach
    void needsNss() {
        Needs.program("certutil");
        Needs.program("pk12util");
    }

    @AfterEach
    void endHelpers() {
        modules.close();
    }

    @Test
    void aProfileWithoutPrimaryPasswordSignsDecryptsAndAgreesAndIsNotWritten() throws Exception {
        Path profile = thunderbird("plain", "");
        put(profile, "", RSA, EC);
        putOther(profile);
        Map<Path, List<Object>> before = state();

        Store store = only(stores());

        assertThat(store.info().kind()).isEqualTo("nss");
        assertThat(store.info().name()).isEqualTo("Thunderbird (plain)");
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
        assertThat(store.identities())
                .extracting(Identity::certificate)
                .containsExactlyInAnyOrder(RSA.certificate(), EC.certificate());
        assertThat(store.certificates().orElseThrow().all()).contains(OTHER.certificate(), CA.certificate());
        AlgorithmRow.isInTheDocs("NSS profile", store, new char[0]);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aPrimaryPasswordIsAskedForWithTheProfilesNameAndCountsUntilLocked() throws Exception {
        Path profile = thunderbird("safe", PASSWORD);
        put(profile, PASSWORD, RSA);
        putOther(profile);
        Map<Path, List<Object>> before = state();
        NssStores stores = stores();
        Store store = only(stores);

        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(store.identities())
                .as("before login, other people's certificates are not taken for own ones")
                .extracting(Identity::certificate)
                .containsExactly(RSA.certificate());
        Identity alice = store.identities().getFirst();
        TestConsent person = TestConsent.person("wrong".toCharArray(), PASSWORD.toCharArray());
        sign(store, alice, person);
        assertThat(person.asked())
                .extracting(SecretQuestion::kind, SecretQuestion::storeName, SecretQuestion::previousWrong)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                SecretQuestion.Kind.PASSPHRASE, "Thunderbird (safe)", false),
                        org.assertj.core.groups.Tuple.tuple(
                                SecretQuestion.Kind.PASSPHRASE, "Thunderbird (safe)", true));
        assertThat(only(stores).info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
        TestConsent silent = TestConsent.person();
        sign(store, alice, silent);
        assertThat(silent.asked()).isEmpty();

        store.locking().orElseThrow().lock();

        assertThat(only(stores).info().state()).isEqualTo(StoreInfo.State.LOCKED);
        TestConsent again = TestConsent.person(PASSWORD.toCharArray());
        sign(store, alice, again);
        assertThat(again.asked()).hasSize(1);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aWrongPrimaryPasswordOpensNothing() throws Exception {
        put(thunderbird("safe", PASSWORD), PASSWORD, RSA);
        Store store = only(stores());
        Identity alice = store.identities().getFirst();
        char[] wrong = "wrong".toCharArray();

        Failure failure = catchThrowableOfType(
                Failure.class, () -> sign(store, alice, TestConsent.person(wrong, wrong, wrong, wrong, wrong)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.PIN_INCORRECT);
        assertThat(failure).hasMessageContaining("Thunderbird (safe)").hasMessageNotContaining("wrong\"");
    }

    @Test
    void aDamagedProfileSaysSoAndLeavesTheOthersAlone() throws Exception {
        put(thunderbird("good", ""), "", RSA);
        Path bad = thunderbird("bad", "");
        Files.write(bad.resolve("cert9.db"), new byte[3000], StandardOpenOption.WRITE);
        Files.write(
                bad.resolve("cert9.db"),
                "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.WRITE);

        NssStores stores = stores();

        assertThat(stores.stores())
                .extracting(store -> store.info().name())
                .containsExactly("Thunderbird (good)", "Thunderbird (bad)");
        Store good = stores.stores().getFirst();
        assertThat(good.identities()).hasSize(1);
        sign(good, good.identities().getFirst(), TestConsent.person());
        StoreInfo info = stores.stores().getLast().info();
        assertThat(info.state()).isEqualTo(StoreInfo.State.FAILED);
        assertThat(info.problem()).contains("cannot open");
    }

    @Test
    void aProfileThatGoesAwayIsNoStoreAnyMore() throws Exception {
        put(thunderbird("one", ""), "", RSA);
        NssStores stores = stores();
        assertThat(stores.stores()).hasSize(1);

        Files.delete(home.resolve(".thunderbird/profiles.ini"));

        assertThat(stores.stores()).isEmpty();
        assertThat(stores.known()).isEmpty();
    }

    @Test
    void withoutProfilesNoHelperIsStarted() {
        assertThat(stores().stores()).isEmpty();
        assertThat(modules.running()).isZero();
    }

    @Test
    void withoutNssEachProfileSaysSo() throws Exception {
        thunderbird("one", "");
        NssStores stores = new NssStores(
                ProfilePlaces.linux(home), Optional.empty(), modules, new MovableClock(), Duration.ofMinutes(5));

        assertThat(only(stores).info().problem()).contains("Install NSS");
    }

    private NssStores stores() {
        return new NssStores(
                ProfilePlaces.linux(home), NssLibrary.linux(), modules, new MovableClock(), Duration.ofMinutes(5));
    }

    private static Store only(NssStores stores) {
        assertThat(stores.stores()).hasSize(1);
        return stores.stores().getFirst();
    }

    private static void sign(Store store, Identity identity, TestConsent person) throws Exception {
        try (BoundKey key = store.bind(identity, person.forKeyUse(identity))) {
            assertThat(key.sign(PKCS1, new byte[] {1})).isNotEmpty();
        }
    }

    private Path thunderbird(String name, String password) throws Exception {
        Path root = home.resolve(".thunderbird");
        Path made = Files.createDirectories(root.resolve(name));
        Files.writeString(
                root.resolve("profiles.ini"),
                "[Profile" + name + "]\nName=" + name + "\nIsRelative=1\nPath=" + name + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        run("certutil", "-N", "-d", "sql:" + made, "-f", file("database", password));
        return made;
    }

    private void put(Path profile, String password, TestIdentity... identities) throws Exception {
        for (TestIdentity identity : identities) {
            Path p12 = identity.writeP12(scratch.resolve("in.p12"), "file".toCharArray());
            run(
                    "pk12util",
                    "-i",
                    p12.toString(),
                    "-d",
                    "sql:" + profile,
                    "-k",
                    file("database", password),
                    "-w",
                    file("p12", "file"));
        }
    }

    private void putOther(Path profile) throws Exception {
        Path file =
                Files.write(scratch.resolve("other.der"), OTHER.certificate().getEncoded());
        run("certutil", "-A", "-n", "carol", "-t", ",,", "-i", file.toString(), "-d", "sql:" + profile);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(scratch.resolve(name), text + "\n").toString();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command[0], said).isZero();
    }

    /** Every file with its time and its bytes. */
    private Map<Path, List<Object>> state() throws IOException {
        Map<Path, List<Object>> state = new HashMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : new ArrayList<>(files.filter(Files::isRegularFile).toList())) {
                state.put(file, List.of(Files.getLastModifiedTime(file), Arrays.hashCode(Files.readAllBytes(file))));
            }
        }
        return state;
    }
}
