package org.zegel.operation.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.ConsentGranted;
import org.zegel.database.Database;
import org.zegel.directory.DirectoryEntry;
import org.zegel.directory.HarvestedDirectory;
import org.zegel.directory.RecipientPreferences;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.operation.recipient.Recipient.Reason;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.Stores;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;

class ResolveRecipientsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final EmailAddress ALICE =
            EmailAddress.parse("alice@example.org").orElseThrow();
    private static final String GCM = "2.16.840.1.101.3.4.1.46";
    private static final String CBC = "2.16.840.1.101.3.4.1.42";

    private final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);

    @TempDir
    private Path home;

    private Database database;
    private HarvestedDirectory directory;
    private RecipientPreferences preferences;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(HarvestedDirectory.SCHEMA));
        directory = new HarvestedDirectory(database, CLOCK);
        preferences = new RecipientPreferences(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Recipient resolve(X509CRL... crls) throws Failure {
        return resolve(new Stores(List.of()), crls);
    }

    private Recipient resolve(Stores stores, X509CRL... crls) throws Failure {
        return resolver(stores).resolve(List.of(ALICE), options(crls)).getFirst();
    }

    private Recipient resolveToChoose(X509CRL... crls) throws Failure {
        return resolver(new Stores(List.of()))
                .resolveToChoose(List.of(ALICE), options(crls))
                .getFirst();
    }

    private ResolveRecipients resolver(Stores stores) {
        Trust trust = new Trust(() -> List.of(root.certificate()), CLOCK, TrustPolicy.STRICT);
        return new ResolveRecipients(directory, preferences, stores, trust, CLOCK);
    }

    private static TrustOptions options(X509CRL... crls) {
        return new TrustOptions(null, List.of(), List.of(crls), null, true);
    }

    private static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }

    private X509Certificate harvested(Spec spec) throws Failure {
        TestIdentity identity = root.issue(spec);
        directory.harvest(ALICE, identity.certificate(), identity.chain(), new Capabilities(List.of(GCM), NOW));
        return identity.certificate();
    }

    private void assertRefused(Reason reason, X509CRL... crls) throws Failure {
        Recipient answer = resolve(crls);
        assertThat(answer.entry()).isNull();
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void findsATrustedCertificate() throws Failure {
        X509Certificate certificate = harvested(alice());
        Recipient answer = resolve();
        assertThat(answer.reason()).isNull();
        assertThat(answer.entry().certificate()).isEqualTo(certificate);
        assertThat(answer.entry().capabilities().oids()).containsExactly(GCM);
    }

    @Test
    void saysWhyThereIsNone() throws Failure {
        assertRefused(Reason.UNKNOWN_ADDRESS);
        assertThat(Reason.UNKNOWN_ADDRESS.code()).isEqualTo("unknown-address");
    }

    @Test
    void refusesTheExpired() throws Failure {
        harvested(alice().validity(Spec.NOT_BEFORE, NOW.minusSeconds(1)));
        assertRefused(Reason.EXPIRED);
    }

    @Test
    void refusesWhatNobodyTrusts() throws Failure {
        directory.keep(ALICE, TestAuthority.root("Other").issue(alice()).certificate(), false);
        assertRefused(Reason.NOT_TRUSTED);
    }

    @Test
    void refusesTheRevokedAlsoWhenPinned() throws Failure {
        X509Certificate certificate = harvested(alice());
        X509CRL crl = root.crl(List.of(certificate.getSerialNumber()));
        assertRefused(Reason.REVOKED, crl);
        directory.keep(ALICE, certificate, true);
        assertRefused(Reason.REVOKED, crl);
    }

    @Test
    void refusesKeysThatOnlySign() throws Failure {
        harvested(alice().key(KeyKind.ED25519));
        assertRefused(Reason.KEY_USAGE);
    }

    @Test
    void refusesAnotherAddressAndWeakKeys() throws Failure {
        harvested(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
        assertRefused(Reason.ADDRESS_MISMATCH);
        harvested(alice().key(KeyKind.RSA_1024).validity(NOW.minusSeconds(60), Spec.NOT_AFTER));
        assertRefused(Reason.WEAK_ALGORITHMS);
    }

    @Test
    void aPinStandsForIssuerAndAddressButNotForTime() throws Failure {
        TestIdentity own = TestAuthority.selfSigned(Spec.mail("Alice").key(KeyKind.P256));
        directory.keep(ALICE, own.certificate(), true);
        assertThat(resolve().entry().certificate()).isEqualTo(own.certificate());
        directory.forget(org.zegel.model.Fingerprint.sha256(own.certificate()));
        TestIdentity old = TestAuthority.selfSigned(alice().validity(Spec.NOT_BEFORE, NOW.minusSeconds(1)));
        directory.keep(ALICE, old.certificate(), true);
        assertRefused(Reason.EXPIRED);
    }

    @Test
    void takesTheNewestThatIsFitAndPinnedOnesFirst() throws Failure {
        harvested(alice());
        X509Certificate newer = harvested(alice().validity(NOW.minusSeconds(60), Spec.NOT_AFTER));
        harvested(alice().key(KeyKind.ED25519).validity(NOW.minusSeconds(30), Spec.NOT_AFTER));
        assertThat(resolve().entry().certificate()).isEqualTo(newer);
        TestIdentity pinned = TestAuthority.selfSigned(alice());
        directory.keep(ALICE, pinned.certificate(), true);
        assertThat(resolve().entry().certificate()).isEqualTo(pinned.certificate());
    }

    @Test
    void aPreferenceIsOnlyAmongThoseThatAreFit() throws Failure {
        X509Certificate one = harvested(alice());
        X509Certificate twin = harvested(alice());
        preferences.prefer(ALICE, twin);
        assertThat(resolve().entry().certificate()).isEqualTo(twin);
        preferences.prefer(ALICE, one);
        assertThat(resolve().entry().certificate()).isEqualTo(one);
        assertThat(resolve(root.crl(List.of(one.getSerialNumber()))).entry().certificate())
                .isEqualTo(twin);
        TestIdentity pinned = TestAuthority.selfSigned(alice());
        directory.keep(ALICE, pinned.certificate(), true);
        assertThat(resolve().entry().certificate()).isEqualTo(pinned.certificate());
    }

    @Test
    void aPreferenceVouchesForNothing() throws Failure {
        X509Certificate stranger = TestAuthority.root("Other").issue(alice()).certificate();
        directory.keep(ALICE, stranger, false);
        preferences.prefer(ALICE, stranger);
        assertRefused(Reason.NOT_TRUSTED);
    }

    @Test
    void othersAreThoseThatAreFitAndNotReplaced() throws Failure {
        X509Certificate one = harvested(alice());
        X509Certificate twin = harvested(alice());
        harvested(alice().validity(Spec.NOT_BEFORE.minusSeconds(60), Spec.NOT_AFTER));
        harvested(alice().validity(Spec.NOT_BEFORE, NOW.minusSeconds(1)));
        directory.keep(ALICE, TestAuthority.root("Other").issue(alice()).certificate(), false);

        Recipient answer = resolveToChoose();
        assertThat(answer.others()).hasSize(1);
        assertThat(List.of(
                        answer.entry().certificate(), answer.others().getFirst().certificate()))
                .containsExactlyInAnyOrder(one, twin);
        assertThat(resolve().others()).isEmpty();
        assertThat(resolveToChoose(root.crl(List.of(twin.getSerialNumber()))).others())
                .isEmpty();
        preferences.prefer(ALICE, twin);
        assertThat(resolveToChoose().entry().certificate()).isEqualTo(twin);
        assertThat(resolveToChoose().others()).isEmpty();
    }

    @Test
    void knowsOurOwnCertificates() throws Failure {
        TestIdentity own = TestAuthority.selfSigned(alice());
        Recipient answer = resolve(new Stores(List.of(new OneIdentity(own))));
        assertThat(answer.entry().source()).isEqualTo(DirectoryEntry.Source.OWN);
        assertThat(CipherChoice.readable(answer.entry().capabilities())).contains(ContentCipher.AES_256_GCM);
    }

    @Test
    void choosesGcmOnlyWhereAllAreKnownToReadIt() {
        Capabilities gcm = new Capabilities(List.of("1.2.3", GCM), NOW);
        Capabilities cbc = new Capabilities(List.of(CBC), NOW);
        assertThat(CipherChoice.choose(List.of(gcm, gcm))).isEqualTo(ContentCipher.AES_256_GCM);
        assertThat(CipherChoice.choose(List.of(gcm, cbc))).isEqualTo(ContentCipher.AES_256_CBC);
        assertThat(CipherChoice.choose(Arrays.asList(gcm, null))).isEqualTo(ContentCipher.AES_256_CBC);
        assertThat(CipherChoice.choose(List.of())).isEqualTo(ContentCipher.AES_256_CBC);
    }

    /** A store of one identity that is never used. */
    private record OneIdentity(TestIdentity identity) implements Store {
        @Override
        public StoreId id() {
            return new StoreId("test");
        }

        @Override
        public StoreInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Identity> identities() {
            return List.of(new Identity(
                    IdentityId.of(id(), identity.certificate()),
                    id(),
                    identity.certificate(),
                    identity.chain(),
                    Set.of(Identity.KeyUse.AGREE),
                    false));
        }

        @Override
        public BoundKey bind(Identity asked, ConsentGranted consent) {
            throw new UnsupportedOperationException();
        }
    }
}
