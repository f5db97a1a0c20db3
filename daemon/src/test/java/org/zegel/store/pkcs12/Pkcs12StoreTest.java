package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.IdentityAdministration;
import org.zegel.store.StoreInfo;

class Pkcs12StoreTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final char[] STORE = "store passphrase".toCharArray();
    private static final char[] FILE = "file passphrase".toCharArray();
    private static final int FEW_ITERATIONS = 1000;
    private static final Duration MINUTES = Duration.ofMinutes(5);

    @TempDir
    Path home;

    private final MovingClock clock = new MovingClock();
    private Path file;
    private Pkcs12Store store;

    @BeforeEach
    void open() {
        file = home.resolve("zegel").resolve("keys.p12");
        store = new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-06-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private IdentityAdministration administration() {
        return store.administration().orElseThrow();
    }

    private byte[] p12(TestIdentity identity) throws IOException {
        return Files.readAllBytes(identity.writeP12(Files.createTempFile(home, "import", ".p12"), FILE));
    }

    private Identity imported(TestIdentity identity) throws IOException, Failure {
        return administration()
                .importFile(p12(identity), TestConsent.change(FILE, STORE))
                .getFirst();
    }

    private static void signs(BoundKey key, TestIdentity expected) throws Exception {
        boolean ec = key.supports(new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256));
        SignatureScheme scheme =
                new SignatureScheme(ec ? SignatureScheme.Kind.ECDSA : SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
        Signature verifier = Signature.getInstance(ec ? "SHA256withECDSA" : "SHA256withRSA");
        verifier.initVerify(expected.certificate());
        verifier.update(new byte[] {1, 2, 3});
        assertThat(verifier.verify(key.sign(scheme, new byte[] {1, 2, 3}))).isTrue();
    }

    private static Failure.Kind failing(ThrowingCallable call) {
        Failure failure = catchThrowableOfType(Failure.class, call);
        assertThat(failure).isNotNull();
        return failure.kind();
    }

    @Test
    void isMadeAtTheFirstImportAndUsable() throws Exception {
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
        assertThat(store.identities()).isEmpty();
        TestConsent person = TestConsent.person(FILE, STORE);
        Identity alice =
                administration().importFile(p12(ALICE), person.forChange()).getFirst();
        assertThat(person.asked())
                .extracting(SecretQuestion::kind)
                .containsExactly(SecretQuestion.Kind.FILE_PASSPHRASE, SecretQuestion.Kind.NEW_PASSPHRASE);
        assertThat(alice.certificate()).isEqualTo(ALICE.certificate());
        assertThat(alice.chain()).isEqualTo(ALICE.chain());
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
        signs(store.bind(alice, TestConsent.granting(alice)), ALICE);
    }

    @Test
    void listsWithoutAPassphraseAfterARestart() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store restarted = new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
        assertThat(restarted.identities()).containsExactly(alice);
        assertThat(restarted.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(restarted.all()).isEqualTo(ALICE.chain());
        signs(restarted.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
        signs(restarted.bind(alice, TestConsent.granting(alice)), ALICE);
    }

    @Test
    void aWrongPassphraseIsSaidOnceAndNotTriedAgain() throws Exception {
        Identity alice = imported(ALICE);
        store.lock();
        TestConsent person = TestConsent.person("wrong".toCharArray(), STORE);
        assertThat(failing(() -> store.bind(alice, person.forKeyUse(alice)))).isEqualTo(Failure.Kind.PIN_INCORRECT);
        assertThat(person.asked()).hasSize(1);
        signs(store.bind(alice, person.forKeyUse(alice)), ALICE);
        assertThat(person.asked()).extracting(SecretQuestion::previousWrong).containsExactly(false, true);
    }

    @Test
    void asksAgainWhenLockedOrWhenTheTimeIsOver() throws Exception {
        Identity alice = imported(ALICE);
        clock.now = clock.now.plus(MINUTES).minusSeconds(1);
        assertThatCode(() -> store.bind(alice, TestConsent.granting(alice))).doesNotThrowAnyException();
        clock.now = clock.now.plusSeconds(1);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
        signs(store.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
        store.lock();
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
    }

    @Test
    void needsAConsentForThisVeryIdentity() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(bob)))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(failing(() -> store.bind(alice, TestConsent.change()))).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }

    @Test
    void exportsWithAYesToThisVeryExportOnly() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        TestConsent person = TestConsent.person(STORE, STORE);
        for (ConsentGranted other : List.of(
                person.forChange(),
                person.forKeyUse(alice, Question.Purpose.SIGN),
                person.forKeyUse(alice, Question.Purpose.DECRYPT),
                person.forKeyUse(bob, Question.Purpose.EXPORT))) {
            assertThat(failing(() -> administration().export(alice.id(), other)))
                    .isEqualTo(Failure.Kind.CONSENT_DENIED);
        }
        assertThat(person.asked()).isEmpty();
    }

    @Test
    void changesNothingWithAYesToAKey() throws Exception {
        Identity alice = imported(ALICE);
        TestConsent person = TestConsent.person(STORE, STORE);
        ConsentGranted export = person.forKeyUse(alice, Question.Purpose.EXPORT);
        assertThat(failing(() -> administration().remove(alice.id(), export))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(failing(() -> administration().changePassphrase(export))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(failing(() -> administration().importFile(p12(BOB), export))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(store.identities()).hasSize(1);
        assertThat(person.asked()).isEmpty();
    }

    @Test
    void theSameCertificateAgainChangesNothing() throws Exception {
        Identity alice = imported(ALICE);
        byte[] before = Files.readAllBytes(file);
        assertThat(imported(ALICE)).isEqualTo(alice);
        assertThat(store.identities()).containsExactly(alice);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void holdsSeveralIdentitiesOfOneAddressAndKnowsRetiredOnes() throws Exception {
        TestIdentity old = CA.issue(Spec.mail("Alice", "alice@example.org")
                .validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:00Z")));
        imported(ALICE);
        Identity retired = imported(old);
        assertThat(retired.retired()).isTrue();
        assertThat(store.identities()).hasSize(2).filteredOn(Identity::retired).containsExactly(retired);
        signs(store.bind(retired, TestConsent.granting(retired)), old);
    }

    @Test
    void onlyTheOwnerMayReadAnyOfItsFiles() throws Exception {
        imported(ALICE);
        imported(BOB);
        try (var files = Files.list(file.getParent())) {
            List<Path> all = files.toList();
            assertThat(all)
                    .extracting(path -> path.getFileName().toString())
                    .contains("keys.p12", "keys.p12.bak", "keys.p12.index");
            for (Path each : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as("%s", each.getFileName())
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void opensslReadsTheFileWithItsStatedProtection() throws Exception {
        store = new Pkcs12Store(file, clock, MINUTES);
        imported(ALICE);
        OpenSsl openssl = new OpenSsl(home);
        OpenSsl.Result result = openssl.tryRun(
                "pkcs12",
                "-in",
                file.toString(),
                "-passin",
                "pass:" + new String(STORE),
                "-nodes",
                "-nomacver",
                "-info");
        assertThat(new String(result.output(), StandardCharsets.UTF_8)).contains("BEGIN PRIVATE KEY");
        assertThat(result.errors()).contains("PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256");
        byte[] dump = openssl.run("asn1parse", "-inform", "DER", "-in", file.toString());
        assertThat(new String(dump, StandardCharsets.UTF_8)).contains("PBMAC1", "hmacWithSHA256");
    }

    @Test
    void exportsUnderAPassphraseOfItsOwn() throws Exception {
        Identity alice = imported(ALICE);
        imported(BOB);
        byte[] exported = administration()
                .export(
                        alice.id(),
                        TestConsent.person("uitvoer".toCharArray()).forKeyUse(alice, Question.Purpose.EXPORT));
        List<ImportedIdentity> read = KeyFiles.read(exported, "uitvoer");
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().privateKey()).isEqualTo(ALICE.privateKey());
        assertThat(read.getFirst().chain()).isEqualTo(ALICE.chain());
        Path out = Files.write(home.resolve("exported.p12"), exported);
        byte[] pem = new OpenSsl(home)
                .run("pkcs12", "-in", out.toString(), "-passin", "pass:uitvoer", "-nodes", "-nomacver");
        assertThat(KeyFileReader.read(pem, KeyFiles.NEVER).getFirst().privateKey())
                .isEqualTo(ALICE.privateKey());
    }

    @Test
    void removedKeysAreGoneFromTheBackupToo() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        administration().remove(alice.id(), TestConsent.change());
        assertThat(store.identities()).containsExactly(bob);
        for (String name : List.of("keys.p12", "keys.p12.bak")) {
            byte[] bytes = Files.readAllBytes(file.resolveSibling(name));
            assertThat(KeyFiles.read(bytes, new String(STORE)))
                    .extracting(ImportedIdentity::certificate)
                    .containsExactly(BOB.certificate());
        }
        assertThat(failing(() -> administration().remove(alice.id(), TestConsent.change())))
                .isEqualTo(Failure.Kind.IDENTITY_NOT_FOUND);
        administration().remove(bob.id(), TestConsent.change());
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
        assertThat(file).doesNotExist();
        assertThat(store.identities()).isEmpty();
        assertThat(imported(ALICE)).isEqualTo(alice);
    }

    @Test
    void changesThePassphrase() throws Exception {
        Identity alice = imported(ALICE);
        char[] renewed = "nieuw geheim".toCharArray();
        assertThat(failing(() -> administration().changePassphrase(TestConsent.change("wrong".toCharArray(), renewed))))
                .isEqualTo(Failure.Kind.PIN_INCORRECT);
        administration().changePassphrase(TestConsent.change(STORE, renewed));
        signs(store.bind(alice, TestConsent.granting(alice)), ALICE);
        store.lock();
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.PIN_INCORRECT);
        signs(store.bind(alice, TestConsent.granting(alice, renewed)), ALICE);
        byte[] backup = Files.readAllBytes(file.resolveSibling("keys.p12.bak"));
        assertThat(KeyFiles.refusal(backup, KeyFiles.typing(new String(STORE)))).isEqualTo("wrong-passphrase");
        assertThat(KeyFiles.read(backup, new String(renewed))).hasSize(1);
    }

    @Test
    void keepsTheOldPassphraseWhenTheNewOneIsCancelledOrEmpty() throws Exception {
        Identity alice = imported(ALICE);
        assertThat(failing(() -> administration().changePassphrase(TestConsent.change(STORE))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
        assertThat(failing(() -> administration().changePassphrase(TestConsent.change(STORE, new char[0]))))
                .isEqualTo(Failure.Kind.INVALID_PARAMETERS);
        signs(store.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
    }

    @Test
    void importsManyAtOnceWithoutLosingOne() throws Exception {
        imported(ALICE);
        List<Callable<Identity>> work = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestIdentity made =
                    CA.issue(Spec.mail("N" + i, "n" + i + "@example.org").key(KeyKind.P256));
            Pkcs12Store other = i % 2 == 0 ? store : new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
            work.add(() -> other.administration()
                    .orElseThrow()
                    .importFile(p12(made), TestConsent.change(FILE, STORE))
                    .getFirst());
        }
        List<Identity> expected = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Identity> done : threads.invokeAll(work)) {
                expected.add(done.get());
            }
        }
        assertThat(store.identities()).hasSize(7).containsAll(expected);
        byte[] written = Files.readAllBytes(file);
        assertThat(KeyFiles.read(written, new String(STORE))).hasSize(7);
    }

    @Test
    void makesALostOrForgedIndexAgainWhenUnlocked() throws Exception {
        Identity alice = imported(ALICE);
        Path index = file.resolveSibling("keys.p12.index");
        byte[] right = Files.readAllBytes(index);
        for (String bad :
                List.of("", "rubbish", TestIdentity.pem(BOB.certificate()).replace("CERT", "IDENTITY CERT"))) {
            Files.writeString(index, bad);
            Pkcs12Store restarted = new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
            assertThat(restarted.identities()).doesNotContain(alice);
            signs(restarted.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
            assertThat(Files.readAllBytes(index)).isEqualTo(right);
        }
        Files.delete(index);
        assertThat(new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS).info().problem())
                .contains("lost");
    }

    @Test
    void anIdentityThatOnlyTheIndexNamesIsNotFound() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        Files.copy(file.resolveSibling("keys.p12.bak"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Pkcs12Store restarted = new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
        assertThat(restarted.identities()).contains(bob);
        assertThat(failing(() -> restarted.bind(bob, TestConsent.granting(bob, STORE))))
                .isEqualTo(Failure.Kind.IDENTITY_NOT_FOUND);
        assertThat(restarted.identities()).containsExactly(alice);
    }

    @Test
    void saysThatADamagedFileIsDamaged() throws Exception {
        Identity alice = imported(ALICE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        store.lock();
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);
    }

    @Test
    void refusesAKeyFileWithoutAnIntegrityCheck() throws Exception {
        Identity alice = imported(ALICE);
        store.lock();
        byte[] bytes = Files.readAllBytes(file);
        var pfx = org.bouncycastle.asn1.pkcs.Pfx.getInstance(bytes);
        Files.write(file, new org.bouncycastle.asn1.pkcs.Pfx(pfx.getAuthSafe(), null).getEncoded());
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);
    }

    @Test
    void anotherProcessChangingTheFileIsNoticed() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store other = new Pkcs12Store(file, clock, MINUTES, FEW_ITERATIONS);
        Identity bob = other.administration()
                .orElseThrow()
                .importFile(p12(BOB), TestConsent.change(FILE, STORE))
                .getFirst();
        signs(store.bind(bob, TestConsent.granting(bob)), BOB);
        char[] renewed = "anders".toCharArray();
        other.administration().orElseThrow().changePassphrase(TestConsent.change(STORE, renewed));
        signs(store.bind(alice, TestConsent.granting(alice, renewed)), ALICE);
    }

    @Test
    void aFailedFirstImportLeavesNothing() throws IOException {
        assertThat(failing(
                        () -> administration().importFile(p12(ALICE), TestConsent.change("mis".toCharArray(), STORE))))
                .isEqualTo(Failure.Kind.IMPORT_FAILED);
        byte[] right = p12(ALICE);
        assertThat(failing(() -> administration().importFile(right, TestConsent.change(FILE))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
        assertThat(file).doesNotExist();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
    }
}
