package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.EncryptedParts;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict.Lock;

/** Content ciphers as Bouncy Castle makes them, at sizes around every block and buffer. */
class CiphersTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final int[] SIZES = {0, 1, 15, 16, 17, 4096, 8191, 8192, 8193, 70_000};

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(BOB);
    }

    private static OutputEncryptor encryptor(ASN1ObjectIdentifier cipher, boolean derived) throws Exception {
        return new JceCMSContentEncryptorBuilder(cipher)
                .setEnableSha256HKdf(derived)
                .setProvider(Messages.BOUNCY_CASTLE)
                .build();
    }

    private static byte[] enveloped(byte[] content, ASN1ObjectIdentifier cipher, boolean derived) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(Messages.transport(BOB));
        return generator
                .generate(new CMSProcessableByteArray(content), encryptor(cipher, derived))
                .getEncoded();
    }

    private static byte[] authEnveloped(byte[] content, ASN1ObjectIdentifier cipher, boolean derived, int attribute)
            throws Exception {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(Messages.transport(BOB));
        if (attribute > 0) {
            ASN1EncodableVector attributes = new ASN1EncodableVector();
            attributes.add(new Attribute(
                    new ASN1ObjectIdentifier("1.2.3.4"), new DERSet(new DEROctetString(new byte[attribute]))));
            generator.setAuthenticatedAttributeGenerator(
                    new SimpleAttributeTableGenerator(new AttributeTable(attributes)));
        }
        return generator
                .generate(new CMSProcessableByteArray(content), (OutputAEADEncryptor) encryptor(cipher, derived))
                .getEncoded();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private void opens(byte[] cms, byte[] content, String algorithm, Lock lock) throws Exception {
        OpenFixture.Result result = fixture.cms(cms, null);
        Layer layer = result.opened().facts().layers().getFirst();
        assertThat(layer.algorithm()).isEqualTo(algorithm);
        assertThat(result.opened().facts().lock())
                .as("%d bytes: %s", content.length, result.findings())
                .isEqualTo(lock);
        assertThat(result.clear()).isEqualTo(content);
    }

    static Stream<Object[]> authenticated() {
        return Stream.of(
                new Object[] {CMSAlgorithm.AES128_GCM, "AES-128-GCM"},
                new Object[] {CMSAlgorithm.AES192_GCM, "AES-192-GCM"},
                new Object[] {CMSAlgorithm.AES256_GCM, "AES-256-GCM"},
                new Object[] {CMSAlgorithm.AES128_CCM, "AES-128-CCM"},
                new Object[] {CMSAlgorithm.AES192_CCM, "AES-192-CCM"},
                new Object[] {CMSAlgorithm.AES256_CCM, "AES-256-CCM"},
                new Object[] {CMSAlgorithm.ChaCha20Poly1305, "ChaCha20-Poly1305"});
    }

    static Stream<Object[]> unauthenticated() {
        return Stream.of(
                new Object[] {CMSAlgorithm.AES128_CBC, "AES-128-CBC", false},
                new Object[] {CMSAlgorithm.AES192_CBC, "AES-192-CBC", false},
                new Object[] {CMSAlgorithm.AES256_CBC, "AES-256-CBC", false},
                new Object[] {CMSAlgorithm.CAMELLIA128_CBC, "Camellia-128-CBC", false},
                new Object[] {CMSAlgorithm.CAMELLIA192_CBC, "Camellia-192-CBC", false},
                new Object[] {CMSAlgorithm.CAMELLIA256_CBC, "Camellia-256-CBC", false},
                new Object[] {CMSAlgorithm.SEED_CBC, "SEED-CBC", false},
                new Object[] {CMSAlgorithm.DES_EDE3_CBC, "3DES-CBC", true},
                new Object[] {CMSAlgorithm.DES_CBC, "DES-CBC", true},
                new Object[] {CMSAlgorithm.CAST5_CBC, "CAST5-CBC", true},
                new Object[] {CMSAlgorithm.RC2_CBC, "RC2-128-CBC", true});
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("authenticated")
    void authenticatedCiphersAreClosedAtEverySize(ASN1ObjectIdentifier cipher, String name) throws Exception {
        for (int size : SIZES) {
            byte[] content = content(size);
            opens(authEnveloped(content, cipher, false, 0), content, name, Lock.CLOSED);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("authenticated")
    void authenticatedAttributesAreCovered(ASN1ObjectIdentifier cipher, String name) throws Exception {
        // 65,280 bytes and more have another length field in CCM.
        for (int attribute : new int[] {1, 2, 100, 65_200, 65_300, 70_000}) {
            byte[] content = content(100);
            byte[] cms = authEnveloped(content, cipher, false, attribute);
            opens(cms, content, name, Lock.CLOSED);
            byte[] changed = cms.clone();
            changed[cms.length - 100] ^= 1;
            if (attribute > 200) {
                assertThat(fixture.cms(changed, null).findings()).containsExactly(Finding.CANNOT_DECRYPT);
            }
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("authenticated")
    void everyBitOfContentAndTagCounts(ASN1ObjectIdentifier cipher, String name) throws Exception {
        EncryptedParts parts = EncryptedParts.of(authEnveloped(content(40), cipher, false, 3));
        for (int i = 0; i < 40; i++) {
            int at = i;
            refused(parts.content(bytes -> flipped(bytes, at)), name);
        }
        for (int i = 0; i < parts.tag().length; i++) {
            int at = i;
            refused(parts.tag(bytes -> flipped(bytes, at)), name);
        }
        refused(parts.content(bytes -> Arrays.copyOf(bytes, 39)), name);
        refused(parts.content(bytes -> Arrays.copyOf(bytes, 41)), name);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        bytes[at] ^= 0x40;
        return bytes;
    }

    private void refused(EncryptedParts parts, String name) throws Exception {
        OpenFixture.Result result = fixture.cms(parts.encoded(), null);
        assertThat(result.opened().facts().lock()).as(name).isEqualTo(Lock.FAILED);
        assertThat(result.findings()).containsExactly(Finding.CANNOT_DECRYPT);
        assertThat(result.clear()).isNull();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unauthenticated")
    void otherCiphersAreWeakAtEverySize(ASN1ObjectIdentifier cipher, String name, boolean old) throws Exception {
        for (int size : SIZES) {
            byte[] content = content(size);
            byte[] cms = enveloped(content, cipher, false);
            opens(cms, content, name, Lock.WEAK);
            assertThat(fixture.cms(cms, null).findings().contains(Finding.CIPHER_WEAK))
                    .isEqualTo(old);
        }
    }

    /** RFC 9709: the key depends on the cipher. */
    @Test
    void derivedContentKeysOpen() throws Exception {
        byte[] content = content(100);
        opens(enveloped(content, CMSAlgorithm.AES128_CBC, true), content, "AES-128-CBC", Lock.WEAK);
        opens(enveloped(content, CMSAlgorithm.AES256_CBC, true), content, "AES-256-CBC", Lock.WEAK);
        opens(authEnveloped(content, CMSAlgorithm.AES256_GCM, true, 0), content, "AES-256-GCM", Lock.CLOSED);
        opens(authEnveloped(content, CMSAlgorithm.AES128_GCM, true, 5), content, "AES-128-GCM", Lock.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"11, TAG_TOO_SHORT", "4, TAG_TOO_SHORT", "17, CIPHER_PARAMETERS_MALFORMED", "0, TAG_TOO_SHORT"})
    void tagsOfAnUnreliableLengthAreRefused(int length, Finding finding) throws Exception {
        EncryptedParts parts = EncryptedParts.of(authEnveloped(content(40), CMSAlgorithm.AES128_GCM, false, 0));
        byte[] nonce =
                GCMParameters.getInstance(parts.algorithm().getParameters()).getNonce();
        DERSequence parameters =
                new DERSequence(new ASN1Encodable[] {new DEROctetString(nonce), new ASN1Integer(length)});
        OpenFixture.Result result = fixture.cms(
                parts.parameters(parameters)
                        .tag(tag -> Arrays.copyOf(tag, length))
                        .encoded(),
                null);
        assertThat(result.findings()).containsExactly(finding, Finding.CANNOT_DECRYPT);
        assertThat(fixture.bound).isEmpty();
    }
}
