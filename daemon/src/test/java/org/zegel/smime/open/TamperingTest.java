package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;

/** Every byte changed, every length cut: nothing altered is ever called intact or opens as something else. */
class TamperingTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity SIGNER =
            CA.issue(Spec.mail("Alice", "alice@example.org").key(KeyKind.P256));
    private static final TestIdentity RECIPIENT = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);
    private static final int[] FLIPS = {0x01, 0x80, 0xff};

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(RECIPIENT);
    }

    /** What an attempt gave: never an exception other than Failure. */
    private OpenFixture.Result open(byte[] cms, byte[] detached) throws Exception {
        try {
            return fixture.cms(cms, detached);
        } catch (Failure failure) {
            assertThat(failure.kind()).isIn(Failure.Kind.MESSAGE_MALFORMED, Failure.Kind.UNSUPPORTED);
            return null;
        }
    }

    private static boolean intact(OpenFixture.Result result) {
        return result != null
                && result.opened().facts().signers().stream()
                        .map(SignerFacts::integrity)
                        .anyMatch(Integrity.INTACT::equals);
    }

    @Test
    void anyChangeOfDetachedContentIsNoticed() throws Exception {
        byte[] cms = Messages.signedData(CONTENT, false, SIGNER, "SHA256withECDSA");
        assertThat(intact(open(cms, CONTENT))).isTrue();
        for (int i = 0; i < CONTENT.length; i++) {
            for (int flip : FLIPS) {
                byte[] changed = CONTENT.clone();
                changed[i] ^= (byte) flip;
                assertThat(open(cms, changed)
                                .opened()
                                .facts()
                                .signers()
                                .getFirst()
                                .integrity())
                        .as("byte %d", i)
                        .isEqualTo(Integrity.ALTERED);
            }
            assertThat(intact(open(cms, Arrays.copyOf(CONTENT, i))))
                    .as("cut at %d", i)
                    .isFalse();
        }
        assertThat(intact(open(cms, Messages.concatenated(CONTENT, new byte[1]))))
                .isFalse();
    }

    @Test
    void anyChangeOfOpaqueSignedDataIsNoticedOrWithoutConsequence() throws Exception {
        byte[] cms = Messages.signedData(CONTENT, true, SIGNER, "SHA256withECDSA");
        assertThat(intact(open(cms, null))).isTrue();
        for (int i = 0; i < cms.length; i++) {
            for (int flip : FLIPS) {
                byte[] changed = cms.clone();
                changed[i] ^= (byte) flip;
                OpenFixture.Result result = open(changed, null);
                if (intact(result)) {
                    // Some bytes are not signed: versions, the certificate. The content must be what was signed.
                    assertThat(result.clear()).as("byte %d", i).isEqualTo(CONTENT);
                    assertThat(point(
                                    result.opened().facts().signers().getFirst().certificate()))
                            .isEqualTo(point(SIGNER.certificate()));
                }
            }
        }
    }

    private static ECPoint point(X509Certificate certificate) {
        return ((ECPublicKey) certificate.getPublicKey()).getW();
    }

    @Test
    void signedAttributesAndSignatureAreCoveredToTheLastByte() throws Exception {
        byte[] cms = Messages.signedData(CONTENT, true, SIGNER, "SHA256withECDSA");
        // What follows the certificates is the SignerInfo; its attributes begin with the content type.
        int start =
                indexOf(cms, new byte[] {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 9, 3});
        assertThat(start).isPositive();
        for (int i = start; i < cms.length; i++) {
            for (int flip : FLIPS) {
                byte[] changed = cms.clone();
                changed[i] ^= (byte) flip;
                assertThat(intact(open(changed, null))).as("byte %d", i).isFalse();
            }
        }
    }

    private static int indexOf(byte[] bytes, byte[] pattern) {
        for (int i = bytes.length - pattern.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void cutSignedDataIsNeverIntact() throws Exception {
        byte[] cms = Messages.signedData(CONTENT, true, SIGNER, "SHA256withECDSA");
        for (int i = 0; i < cms.length; i++) {
            assertThat(intact(open(Arrays.copyOf(cms, i), null)))
                    .as("cut at %d", i)
                    .isFalse();
        }
    }

    private static byte[] authenticated() throws Exception {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new DERUTF8String("any"))));
        return Messages.authEnveloped(
                CONTENT,
                new SimpleAttributeTableGenerator(new AttributeTable(attributes)),
                Messages.transport(RECIPIENT));
    }

    @Test
    void noChangeOfAnAuthenticatedMessageOpensAsSomethingElse() throws Exception {
        byte[] cms = authenticated();
        assertThat(open(cms, null).clear()).isEqualTo(CONTENT);
        // From the encrypted content on, everything but the unauthenticated structure is covered by the tag.
        int opened = 0;
        for (int i = 0; i < cms.length; i++) {
            for (int flip : FLIPS) {
                byte[] changed = cms.clone();
                changed[i] ^= (byte) flip;
                OpenFixture.Result result = open(changed, null);
                if (result != null && result.clear() != null) {
                    opened++;
                    assertThat(result.clear()).as("byte %d", i).isEqualTo(CONTENT);
                } else if (result != null) {
                    assertThat(result.opened().facts().lock()).isEqualTo(Lock.FAILED);
                }
            }
            OpenFixture.Result cut = open(Arrays.copyOf(cms, i), null);
            assertThat(cut == null ? null : cut.clear()).as("cut at %d", i).isNull();
        }
        // The two version numbers, the key algorithm's NULL and the content type's last arcs are all that is free.
        assertThat(opened).isLessThan(100);
    }

    @Test
    void tagNonceCipherTextAndAttributesAreCovered() throws Exception {
        byte[] cms = authenticated();
        int content =
                indexOf(cms, new byte[] {0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e});
        for (int i = content; i < cms.length; i++) {
            for (int flip : FLIPS) {
                byte[] changed = cms.clone();
                changed[i] ^= (byte) flip;
                OpenFixture.Result result = open(changed, null);
                assertThat(result == null ? null : result.clear())
                        .as("byte %d of %d", i, cms.length)
                        .isNull();
            }
        }
    }

    @Test
    void cutUnauthenticatedMessageNeverOpens() throws Exception {
        byte[] cms = Messages.enveloped(CONTENT, CMSAlgorithm.AES256_CBC, RECIPIENT);
        assertThat(open(cms, null).clear()).isEqualTo(CONTENT);
        for (int i = 0; i < cms.length; i++) {
            OpenFixture.Result cut = open(Arrays.copyOf(cms, i), null);
            assertThat(cut == null ? null : cut.clear()).as("cut at %d", i).isNull();
        }
        OpenFixture.Result trailing = open(Messages.concatenated(cms, new byte[3]), null);
        assertThat(trailing.clear()).isEqualTo(CONTENT);
        assertThat(trailing.opened().facts().layers().getFirst().findings()).containsExactly(Finding.TRAILING_DATA);
    }

    @Test
    void badKeyPaddingAndBadTagLookTheSame() throws Exception {
        byte[] cms = authenticated();
        byte[] encryptedKeyChanged = cms.clone();
        encryptedKeyChanged[indexOf(cms, new byte[] {0x04, (byte) 0x82, 0x01, 0x00}) + 50] ^= 1;
        byte[] tagChanged = cms.clone();
        tagChanged[indexOf(cms, new byte[] {0x04, 0x10}) + 5] ^= 1;
        OpenFixture.Result first = open(encryptedKeyChanged, null);
        OpenFixture.Result second = open(tagChanged, null);
        assertThat(first.opened().facts())
                .usingRecursiveComparison()
                .isEqualTo(second.opened().facts());
        assertThat(first.findings()).isEqualTo(List.of(Finding.CANNOT_DECRYPT));
    }
}
