package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.junit.jupiter.api.Test;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BeforeChange;

/** What lies on the disk: who may read it, how it is protected, and what happens when others change it. */
class Pkcs12FilesTest extends StoreFixture {
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
    void importsManyAtOnceWithoutLosingOne() throws Exception {
        imported(ALICE);
        List<Callable<Identity>> work = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestIdentity made =
                    CA.issue(Spec.mail("N" + i, "n" + i + "@example.org").key(KeyKind.P256));
            Pkcs12Store other = i % 2 == 0 ? store : restarted();
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
            Pkcs12Store restarted = restarted();
            assertThat(restarted.identities()).doesNotContain(alice);
            signs(restarted.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
            assertThat(Files.readAllBytes(index)).isEqualTo(right);
        }
        Files.delete(index);
        assertThat(restarted().info().problem()).contains("lost");
    }

    @Test
    void anIdentityThatOnlyTheIndexNamesIsNotFound() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        Files.copy(file.resolveSibling("keys.p12.bak"), file, StandardCopyOption.REPLACE_EXISTING);
        Pkcs12Store restarted = restarted();
        assertThat(restarted.identities()).contains(bob);
        assertThat(failing(() -> restarted.bind(bob, TestConsent.granting(bob, STORE))))
                .isEqualTo(Failure.Kind.IDENTITY_NOT_FOUND);
        assertThat(restarted.identities()).containsExactly(alice);
    }

    @Test
    void whatAKillCutOffIsNotListed() throws Exception {
        imported(ALICE);
        byte[] before = Files.readAllBytes(file);
        imported(BOB);
        byte[] after = Files.readAllBytes(file);
        // As it is while the key file is being replaced.
        Path index = file.resolveSibling("keys.p12.index");
        CertificateIndex between = new CertificateIndex(new SafeFile(index));
        between.write(
                before,
                new CertificateIndex.Listing(List.of(ALICE.certificate()), List.of()),
                after,
                new CertificateIndex.Listing(List.of(ALICE.certificate(), BOB.certificate()), List.of()));

        assertThat(listed()).containsExactlyInAnyOrder(ALICE.certificate(), BOB.certificate());
        Files.write(file, before);
        assertThat(listed()).containsExactly(ALICE.certificate());
        // A file that the index does not know hides nothing.
        Files.write(file, new byte[] {1});
        assertThat(listed()).containsExactlyInAnyOrder(ALICE.certificate(), BOB.certificate());
    }

    private List<X509Certificate> listed() throws Failure {
        return restarted().identities().stream().map(Identity::certificate).toList();
    }

    @Test
    void nothingChangesWhereItCannotBeWrittenDownFirst() throws Exception {
        Identity alice = imported(ALICE);
        byte[] before = Files.readAllBytes(file);
        List<Identity> told = new ArrayList<>();
        BeforeChange full = added -> {
            told.addAll(added);
            throw new Failure(Failure.Kind.STORE_UNAVAILABLE, "The disk is full.");
        };
        byte[] both = (TestIdentity.pem("PRIVATE KEY", BOB.privateKey().getEncoded())
                        + TestIdentity.pem(BOB.certificate())
                        + TestIdentity.pem("PRIVATE KEY", ALICE.privateKey().getEncoded())
                        + TestIdentity.pem(ALICE.certificate()))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(failing(() -> administration().importFile(both, TestConsent.change(STORE), full)))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);
        assertThat(told).extracting(Identity::certificate).containsExactly(BOB.certificate());
        char[] renewed = "another passphrase".toCharArray();
        assertThat(failing(() -> administration().changePassphrase(TestConsent.change(STORE, renewed), full)))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(restarted().identities()).containsExactly(alice);
    }

    @Test
    void saysThatADamagedFileIsDamaged() throws Exception {
        Identity alice = imported(ALICE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        store.lock();
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);
    }

    @Test
    void refusesAKeyFileWithoutAnIntegrityCheck() throws Exception {
        Identity alice = imported(ALICE);
        store.lock();
        byte[] bytes = Files.readAllBytes(file);
        var pfx = Pfx.getInstance(bytes);
        Files.write(file, new Pfx(pfx.getAuthSafe(), null).getEncoded());
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.STORE_UNAVAILABLE);
    }

    @Test
    void anotherProcessChangingTheFileIsNoticed() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store other = restarted();
        Identity bob = other.administration()
                .orElseThrow()
                .importFile(p12(BOB), TestConsent.change(FILE, STORE))
                .getFirst();
        signs(store.bind(bob, TestConsent.granting(bob)), BOB);
        char[] renewed = "anders".toCharArray();
        other.administration().orElseThrow().changePassphrase(TestConsent.change(STORE, renewed));
        signs(store.bind(alice, TestConsent.granting(alice, renewed)), ALICE);
    }
}
