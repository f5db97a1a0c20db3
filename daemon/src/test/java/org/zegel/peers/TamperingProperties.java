package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Failure;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.peers.Workbench.Opened;
import org.zegel.smime.SignOptions.Mode;

/** One bit changed, anywhere that is signed or authenticated: the seal breaks, the lock does not open. */
class TamperingProperties {
    private static final TestAuthority ROOT = TestAuthority.root("Root", KeyKind.P256);
    private static final List<TestIdentity> SIGNERS =
            List.of(signer(KeyKind.P256), signer(KeyKind.RSA_2048), signer(KeyKind.ED25519));
    private static final TestIdentity BOB = ROOT.issue(Spec.mail("Bob", "bob@example.org"));
    private static final String HEADER =
            "From: Alice <alice@example.org>\r\nTo: Bob <bob@example.org>\r\nMIME-Version: 1.0\r\n";
    private static final String BODY = "\r\n\r\nHello Bob,\r\n\r\nthe text.\r\n";
    private static final String ENTITY = "Content-Type: text/plain" + BODY;
    private static final byte[] MESSAGE = (HEADER + ENTITY).getBytes(ISO_8859_1);
    private static Path directory;
    private static Workbench bench;
    private static final List<byte[]> CLEAR = new ArrayList<>();
    private static final List<byte[]> OPAQUE = new ArrayList<>();
    private static final List<byte[]> AUTHENTICATED = new ArrayList<>();

    private static TestIdentity signer(KeyKind kind) {
        return ROOT.issue(Spec.mail("Alice", "alice@example.org").key(kind));
    }

    @BeforeContainer
    static void prepare() throws Exception {
        directory = Files.createTempDirectory("zegel-properties");
        bench = new Workbench(directory, ROOT, BOB);
        for (TestIdentity signer : SIGNERS) {
            CLEAR.add(bench.sign(MESSAGE, signer, Mode.DETACHED));
            OPAQUE.add(bench.signBytes(ENTITY.getBytes(ISO_8859_1), signer, Mode.OPAQUE));
            assertThat(bench.open(CLEAR.getLast()).seal()).isEqualTo(Seal.VALID);
            assertThat(bench.open(opaque(OPAQUE.getLast())).seal()).isEqualTo(Seal.VALID);
        }
        AUTHENTICATED.add(withAttributes());
        AUTHENTICATED.add(bench.encryptBytes(MESSAGE, ContentCipher.AES_128_GCM, BOB.certificate()));
        AUTHENTICATED.add(bench.encryptBytes(MESSAGE, ContentCipher.AES_256_GCM, BOB.certificate()));
        for (byte[] cms : AUTHENTICATED) {
            assertThat(bench.openCms(cms, null).clear()).isEqualTo(MESSAGE);
        }
    }

    @AfterContainer
    static void cleanUp() throws Exception {
        Files.deleteIfExists(directory.resolve("spool"));
        Files.deleteIfExists(directory);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aChangeOfTheClearSignedContentBreaksTheSeal(
            @ForAll @IntRange(max = 2) int signer, @ForAll @IntRange(min = 0) int bit) throws Exception {
        byte[] message = CLEAR.get(signer);
        // From the protected From to the end of the text: the boundary's line is before it.
        int start = indexOf(message, "From: Alice".getBytes(ISO_8859_1));
        int end = indexOf(message, BODY.getBytes(ISO_8859_1)) + BODY.length();
        assertBroken(flipped(message, start, end - start, bit));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aChangeOfTheOpaqueContentBreaksTheSeal(
            @ForAll @IntRange(max = 2) int signer, @ForAll @IntRange(min = 0) int bit) throws Exception {
        byte[] cms = OPAQUE.get(signer);
        int start = indexOf(cms, ENTITY.getBytes(ISO_8859_1));
        assertBroken(opaque(flipped(cms, start, ENTITY.length(), bit)));
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void aChangeOfTheSignedAttributesBreaksTheSeal(
            @ForAll @IntRange(max = 2) int signer, @ForAll @IntRange(min = 0) int bit) throws Exception {
        byte[] cms = OPAQUE.get(signer);
        byte[] attributes = signerInfo(cms).getAuthenticatedAttributes().getEncoded("DER");
        // In the message the set has an implicit tag in place of its own.
        byte[] inner = Arrays.copyOfRange(attributes, 1, attributes.length);
        assertBroken(opaque(flipped(cms, indexOf(cms, inner), inner.length, bit)));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aChangeOfTheSignatureValueBreaksTheSeal(
            @ForAll @IntRange(max = 2) int signer, @ForAll @IntRange(min = 0) int bit) throws Exception {
        byte[] cms = OPAQUE.get(signer);
        byte[] value = signerInfo(cms).getEncryptedDigest().getOctets();
        assertBroken(opaque(flipped(cms, indexOf(cms, value), value.length, bit)));
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void noChangeOfAnAuthenticatedMessageOpens(
            @ForAll @IntRange(max = 2) int message,
            @ForAll @IntRange(max = 11) int part,
            @ForAll @IntRange(min = 0) int bit)
            throws Exception {
        byte[] cms = AUTHENTICATED.get(message);
        List<byte[]> parts = parts(cms);
        byte[] covered = parts.get(part % parts.size());
        assertLocked(flipped(cms, indexOf(cms, covered), covered.length, bit));
    }

    private static void assertBroken(byte[] message) throws Exception {
        Opened opened = bench.open(message);
        assertThat(opened.seal()).as(opened.verdict().toString()).isNotIn(Seal.VALID, Seal.WARNING);
    }

    private static void assertLocked(byte[] cms) throws Exception {
        try {
            Opened opened = bench.openCms(cms, null);
            assertThat(opened.clear()).isNull();
            assertThat(opened.facts().lock()).isEqualTo(Lock.FAILED);
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.MESSAGE_MALFORMED);
        }
        String message =
                HEADER + "Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data\r\n" + base64(cms);
        assertThat(bench.open(message.getBytes(ISO_8859_1)).clear()).isNull();
    }

    private static byte[] opaque(byte[] cms) {
        return (HEADER + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n" + base64(cms))
                .getBytes(ISO_8859_1);
    }

    private static String base64(byte[] cms) {
        return "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(cms) + "\r\n";
    }

    /** The bit, counted within a range of the bytes and beginning anew where it ends. */
    private static byte[] flipped(byte[] bytes, int start, int length, int bit) {
        assertThat(start).isNotNegative();
        byte[] changed = bytes.clone();
        changed[start + bit / 8 % length] ^= (byte) (1 << bit % 8);
        return changed;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        return new String(bytes, ISO_8859_1).lastIndexOf(new String(wanted, ISO_8859_1));
    }

    private static SignerInfo signerInfo(byte[] cms) throws Exception {
        return new CMSSignedData(cms).getSignerInfos().iterator().next().toASN1Structure();
    }

    /** What the tag covers: cipher text, parameters and tag, and attributes where there are any. */
    private static List<byte[]> parts(byte[] cms) throws Exception {
        AuthEnvelopedData data =
                AuthEnvelopedData.getInstance(ContentInfo.getInstance(cms).getContent());
        EncryptedContentInfo content = data.getAuthEncryptedContentInfo();
        List<byte[]> parts = new ArrayList<>(List.of(
                content.getEncryptedContent().getOctets(),
                content.getContentEncryptionAlgorithm().getEncoded("DER"),
                data.getMac().getOctets()));
        if (data.getAuthAttrs() != null) {
            byte[] attributes = data.getAuthAttrs().getEncoded("DER");
            parts.add(Arrays.copyOfRange(attributes, 1, attributes.length));
        }
        return parts;
    }

    private static byte[] withAttributes() throws Exception {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new DERUTF8String("any"))));
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        BouncyCastleProvider provider = new BouncyCastleProvider();
        generator.addRecipientInfoGenerator(
                new JceKeyTransRecipientInfoGenerator(BOB.certificate()).setProvider(provider));
        generator.setAuthenticatedAttributeGenerator(new SimpleAttributeTableGenerator(new AttributeTable(attributes)));
        return generator
                .generate(new CMSProcessableByteArray(MESSAGE), (OutputAEADEncryptor)
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                                .setProvider(provider)
                                .build())
                .toASN1Structure()
                .getEncoded("DER");
    }
}
