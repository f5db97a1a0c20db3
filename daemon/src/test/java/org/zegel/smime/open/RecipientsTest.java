package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OtherRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKEKRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestKeys;
import org.zegel.fixtures.samples.EncryptedParts;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Lock;

/** Recipients that are broken, unknown, or not who they seem never stand between us and our own. */
class RecipientsTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final TestIdentity CURVE =
            CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(BOB, CURVE);
    }

    private static EncryptedParts parts(RecipientInfoGenerator recipient) throws Exception {
        return EncryptedParts.of(Messages.authEnveloped(CONTENT, null, recipient));
    }

    private static EncryptedParts parts() throws Exception {
        return parts(Messages.transport(BOB));
    }

    private static RecipientInfoGenerator agreement(ASN1ObjectIdentifier wrap) throws Exception {
        var ephemeral = TestKeys.fresh(KeyKind.P256);
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF, ephemeral.getPrivate(), ephemeral.getPublic(), wrap)
                .addRecipient(CURVE.certificate())
                .setProvider(Messages.BOUNCY_CASTLE);
    }

    private static KeyTransRecipientInfo transport(EncryptedParts parts) {
        return KeyTransRecipientInfo.getInstance(
                RecipientInfo.getInstance(parts.recipients().getFirst()).getInfo());
    }

    private OpenFixture.Result opens(EncryptedParts parts) throws Exception {
        OpenFixture.Result result = fixture.cms(parts.encoded(), null);
        assertThat(result.opened().facts().lock())
                .as(result.findings().toString())
                .isEqualTo(Lock.CLOSED);
        assertThat(result.clear()).isEqualTo(CONTENT);
        return result;
    }

    private static List<Finding> onLayer(OpenFixture.Result result) {
        return result.opened().facts().layers().getFirst().findings();
    }

    @Test
    void brokenRecipientsHideNobody() throws Exception {
        byte[] garbage = new byte[300];
        Arrays.fill(garbage, (byte) 0xff);
        ASN1Encodable[] broken = {
            new DERSequence(),
            new DERSequence(new ASN1Integer(0)),
            new DERSequence(new DEROctetString(garbage)),
            new DERTaggedObject(false, 1, new DEROctetString(garbage)),
            new DERTaggedObject(false, 1, new DERSequence(new ASN1Integer(3))),
            new DERTaggedObject(false, 4, new DEROctetString(garbage)),
            new BERSequence(new DEROctetString(garbage)),
        };
        OpenFixture.Result result = opens(parts().after(broken));
        assertThat(onLayer(result)).containsExactly(Finding.RECIPIENT_MALFORMED);
        assertThat(result.opened().facts().decryptedWith().certificate()).isEqualTo(BOB.certificate());
    }

    @Test
    void oneHugeRecipientHidesNobody() throws Exception {
        ASN1Encodable huge = new DERSequence(new DEROctetString(new byte[100_000]));
        assertThat(onLayer(opens(parts().after(huge)))).containsExactly(Finding.RECIPIENT_MALFORMED);
        ASN1Encodable indefinite = new BERSequence(new DEROctetString(new byte[100_000]));
        assertThat(onLayer(opens(parts().after(indefinite)))).containsExactly(Finding.RECIPIENT_MALFORMED);
    }

    @Test
    void unknownKindsAreReported() throws Exception {
        ASN1Encodable other = new DERTaggedObject(
                false, 4, new OtherRecipientInfo(new ASN1ObjectIdentifier("1.2.3"), DERNull.INSTANCE));
        ASN1Encodable future = new DERTaggedObject(false, 9, new DERSequence());
        assertThat(onLayer(opens(parts().after(other, future)))).containsExactly(Finding.RECIPIENT_UNSUPPORTED);
    }

    @Test
    void aBrokenKeyBesideOursInOneKeyAgreementHidesNothing() throws Exception {
        EncryptedParts parts = parts(agreement(CMSAlgorithm.AES256_WRAP));
        KeyAgreeRecipientInfo info = KeyAgreeRecipientInfo.getInstance(
                RecipientInfo.getInstance(parts.recipients().getFirst()).getInfo());
        List<ASN1Encodable> keys = new ArrayList<>(List.of(new DERSequence(DERNull.INSTANCE)));
        info.getRecipientEncryptedKeys().forEach(keys::add);
        KeyAgreeRecipientInfo changed = new KeyAgreeRecipientInfo(
                info.getOriginator(),
                info.getUserKeyingMaterial(),
                info.getKeyEncryptionAlgorithm(),
                new DERSequence(keys.toArray(ASN1Encodable[]::new)));
        OpenFixture.Result result = opens(parts.recipients(List.of(new DERTaggedObject(false, 1, changed))));
        assertThat(onLayer(result)).containsExactly(Finding.RECIPIENT_MALFORMED);
    }

    @Test
    void ofSeveralEntriesForAKeyThePlausibleOnesAreTried() throws Exception {
        EncryptedParts parts = parts();
        KeyTransRecipientInfo ours = transport(parts);
        List<ASN1Encodable> wrong = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            byte[] key = ours.getEncryptedKey().getOctets();
            key[20] ^= (byte) i;
            wrong.add(new KeyTransRecipientInfo(
                    ours.getRecipientIdentifier(), ours.getKeyEncryptionAlgorithm(), new DEROctetString(key)));
        }
        opens(parts.after(wrong.toArray(ASN1Encodable[]::new)));
        byte[] key = ours.getEncryptedKey().getOctets();
        key[20] ^= 9;
        wrong.add(new KeyTransRecipientInfo(
                ours.getRecipientIdentifier(), ours.getKeyEncryptionAlgorithm(), new DEROctetString(key)));
        // A message that names us again and again does not get as many answers.
        OpenFixture.Result result =
                fixture.cms(parts.after(wrong.toArray(ASN1Encodable[]::new)).encoded(), null);
        assertThat(result.findings()).containsExactly(Finding.CANNOT_DECRYPT);
    }

    /** Another CA of the same name gave out the same serial number. */
    @Test
    void aCertificateOfTheSameIssuerAndSerialDoesNotStop() throws Exception {
        TestAuthority twin = TestAuthority.root("Root");
        TestIdentity first = twin.issue(Spec.mail("Eve", "eve@example.org").serial(77));
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").serial(77));
        fixture = new OpenFixture(directory).with(first, bob);
        OpenFixture.Result result = opens(parts(Messages.transport(bob)));
        assertThat(result.opened().facts().decryptedWith().certificate()).isEqualTo(bob.certificate());
        assertThat(fixture.bound).hasSize(2);
    }

    @Test
    void expiredIdentitiesOpenAndAreNamed() throws Exception {
        TestIdentity expired =
                CA.issue(Spec.mail("Bob", "bob@example.org").validity(Spec.NOT_BEFORE, Spec.NOT_BEFORE.plusSeconds(1)));
        fixture = new OpenFixture(directory).with(expired);
        OpenFixture.Result result = opens(parts(Messages.transport(expired)));
        assertThat(result.opened().facts().decryptedWith().certificate()).isEqualTo(expired.certificate());
    }

    @Test
    void nobodyIsAskedForAKeyThatCouldNotHelp() throws Exception {
        EncryptedParts parts = parts();
        KeyTransRecipientInfo ours = transport(parts);
        KeyTransRecipientInfo unknown = new KeyTransRecipientInfo(
                ours.getRecipientIdentifier(),
                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4")),
                ours.getEncryptedKey());
        OpenFixture.Result result =
                fixture.cms(parts.recipients(List.of(unknown)).encoded(), null);
        assertThat(result.findings()).containsExactly(Finding.KEY_ENCRYPTION_UNSUPPORTED, Finding.CANNOT_DECRYPT);
        assertThat(fixture.bound).isEmpty();
    }

    @Test
    void rsaForACurveAsksNobody() throws Exception {
        EncryptedParts parts = parts();
        KeyTransRecipientInfo theirs = transport(parts);
        KeyTransRecipientInfo forCurve =
                new KeyTransRecipientInfo(named(CURVE), theirs.getKeyEncryptionAlgorithm(), theirs.getEncryptedKey());
        OpenFixture.Result result =
                fixture.cms(parts.recipients(List.of(forCurve)).encoded(), null);
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.FAILED);
        assertThat(fixture.bound).isEmpty();
    }

    private static RecipientIdentifier named(TestIdentity identity) {
        return new RecipientIdentifier(new IssuerAndSerialNumber(
                X500Name.getInstance(
                        identity.certificate().getIssuerX500Principal().getEncoded()),
                identity.certificate().getSerialNumber()));
    }

    /** Broken in every place, a message of each kind of recipient is answered: with the text, or with nothing. */
    @Test
    void everyChangedByteIsAnswered() throws Exception {
        List<RecipientInfoGenerator> kinds = List.of(
                agreement(CMSAlgorithm.AES128_WRAP),
                new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES128_CBC, "secret".toCharArray())
                        .setProvider(Messages.BOUNCY_CASTLE),
                new JceKEKRecipientInfoGenerator(new byte[] {1}, new SecretKeySpec(new byte[16], "AES"))
                        .setProvider(Messages.BOUNCY_CASTLE));
        for (RecipientInfoGenerator kind : kinds) {
            byte[] cms = parts(kind).encoded();
            // Past the head of the whole, whose change makes it something else altogether.
            for (int at = 26; at < cms.length; at++) {
                byte[] changed = cms.clone();
                changed[at] ^= 0x21;
                OpenFixture.Result result = fixture.cms(changed, null);
                boolean opened = result.clear() != null;
                assertThat(result.opened().facts().lock()).isEqualTo(opened ? Lock.CLOSED : Lock.FAILED);
                assertThat(opened && !Arrays.equals(result.clear(), CONTENT))
                        .as("byte %d", at)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Wrap.class)
    void keyWrapsOpen(Wrap wrap) throws Exception {
        opens(parts(agreement(wrap.identifier)));
    }

    /** Key wrap algorithms. */
    enum Wrap {
        AES_128(CMSAlgorithm.AES128_WRAP),
        AES_192(CMSAlgorithm.AES192_WRAP),
        AES_256(CMSAlgorithm.AES256_WRAP),
        TRIPLE_DES(CMSAlgorithm.DES_EDE3_WRAP),
        CAMELLIA_128(CMSAlgorithm.CAMELLIA128_WRAP),
        CAMELLIA_256(CMSAlgorithm.CAMELLIA256_WRAP);

        final ASN1ObjectIdentifier identifier;

        Wrap(ASN1ObjectIdentifier identifier) {
            this.identifier = identifier;
        }
    }
}
