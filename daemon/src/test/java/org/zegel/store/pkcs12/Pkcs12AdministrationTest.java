package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.Question;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.store.StoreInfo;

/** Importing, exporting and removing keys, and changing the passphrase. */
class Pkcs12AdministrationTest extends StoreFixture {
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
    void anIssuerWithTheKeyOfOneIsAnIdentityToo() throws Exception {
        TestAuthority authority = TestAuthority.root("Home-made");
        imported(authority.issue(Spec.mail("Eve", "eve@example.org")));
        TestIdentity twin =
                authority.issue(Spec.mail("Twin", "twin@example.org").keyPair(authority.keys()));
        administration().importFile(pemWithoutIssuers(twin), TestConsent.change());
        assertThat(store.identities())
                .extracting(Identity::certificate)
                .contains(twin.certificate(), authority.certificate())
                .hasSize(3);
        imported(BOB);

        IdentityId issuer = IdentityId.of(Pkcs12Store.ID, authority.certificate());
        administration().remove(issuer, TestConsent.change());
        assertThat(store.identities())
                .extracting(Identity::certificate)
                .contains(twin.certificate(), BOB.certificate())
                .hasSize(3);
        imported(ALICE);
        assertThat(store.identities()).hasSize(4);
        assertThat(restarted().identities()).hasSize(4);
    }

    private static byte[] pemWithoutIssuers(TestIdentity identity) {
        return (TestIdentity.pem("PRIVATE KEY", identity.privateKey().getEncoded())
                        + TestIdentity.pem(identity.certificate()))
                .getBytes(StandardCharsets.US_ASCII);
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
