package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.smime.ber.BerHeader;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.Malformed;

/** Each limit at its value and one past it, and lengths that lie. */
class LimitsTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));

    @TempDir
    private Path directory;

    private static BerInput input(byte[] bytes) {
        return new BerInput(new ByteArrayInputStream(bytes), bytes.length);
    }

    private static void skip(byte[] bytes) throws IOException {
        BerInput in = input(bytes);
        in.skip(in.header());
    }

    private static byte[] nested(int depth, boolean indefinite) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (indefinite) {
            out.writeBytes(HexFormat.of().parseHex("3080".repeat(depth) + "0000".repeat(depth)));
            return out.toByteArray();
        }
        byte[] inner = new byte[0];
        for (int i = 0; i < depth; i++) {
            byte[] header = inner.length < 128
                    ? new byte[] {0x30, (byte) inner.length}
                    : new byte[] {0x30, (byte) 0x82, (byte) (inner.length >>> 8), (byte) inner.length};
            inner = Messages.concatenated(header, inner);
        }
        return inner;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nestingIsBounded(boolean indefinite) throws Exception {
        skip(nested(BerInput.MAX_DEPTH, indefinite));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> skip(nested(BerInput.MAX_DEPTH + 1, indefinite)))
                .withMessage("asn1-too-deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "308400ffffff0000", // longer than the whole
                "30847fffffff0000",
                "3088ffffffffffffffff00",
                "30887fffffffffffffff00",
                "308901000000000000000000",
                "30ff",
                "0480010203", // indefinite and primitive
                "3005040a0102030405060708090a", // longer than what encloses it
                "3080040101", // no end-of-contents
                "30800401010001", // end-of-contents with a length
                "1fffffffffffff0100", // endless tag
                "30",
                "",
            })
    void lyingLengthsAreRefusedBeforeAnythingIsTaken(String hex) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> skip(HexFormat.of().parseHex(hex)));
    }

    @Test
    void elementsAreBoundedByTheCaller() throws Exception {
        byte[] octets = Messages.concatenated(new byte[] {0x04, (byte) 0x81, (byte) 200}, new byte[200]);
        BerInput exact = input(octets);
        assertThat(exact.element(exact.header(), 203)).isEqualTo(octets);
        BerInput over = input(octets);
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> over.element(over.header(), 202))
                .withMessage("asn1-element-too-large");
    }

    @Test
    void constructedOctetStringsAreJoined() throws Exception {
        BerInput in = input(HexFormat.of().parseHex("2480040201022480040103000004010400000401ff"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BerHeader header = in.header();
        assertThat(in.octets(header, out)).isEqualTo(4);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4);
        assertThat(in.trailing()).isTrue();
        BerInput wrong = input(HexFormat.of().parseHex("24800201010000"));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> wrong.octets(wrong.header(), OutputStream.nullOutputStream()));
    }

    @Test
    void deepNestingInAMessageIsAFinding() throws Exception {
        byte[] bomb = HexFormat.of().parseHex("308006092a864886f70d010702a080" + "3080".repeat(200_000));
        OpenFixture.Result result =
                new OpenFixture(directory).open(Messages.HEADER + Messages.entity("signed-data", bomb));
        assertThat(result.opened().facts().signers().getFirst().integrity()).isEqualTo(Integrity.ALTERED);
    }

    @Test
    void notCmsAtAllIsRefused() {
        for (String bytes : new String[] {"", "hello", "M", "-----BEGIN CMS-----\n", "0\u0080"}) {
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> new OpenFixture(directory).cms(Messages.bytes(bytes), null))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MESSAGE_MALFORMED));
        }
    }

    @Test
    void decompressionIsBounded() throws Exception {
        String text = "Content-Type: text/plain\r\n\r\n" + "a".repeat((int) Decompression.FREE);
        OpenFixture fixture = new OpenFixture(directory);
        byte[] small = Messages.compressed(Messages.bytes(Messages.ENTITY));
        assertThat(fixture.open(Messages.HEADER + Messages.entity("compressed-data", small))
                        .text())
                .isEqualTo(Messages.HEADER + Messages.ENTITY);
        byte[] bomb = Messages.compressed(Messages.bytes(text));
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.entity("compressed-data", bomb));
        assertThat(result.opened().facts().layers().getFirst().findings()).containsExactly(Finding.DECOMPRESSION_LIMIT);
        assertThat(result.text()).contains("compressed-data").doesNotContain("aaaa");
        byte[] free = Messages.compressed(Messages.bytes(text.substring(0, (int) Decompression.FREE)));
        assertThat(fixture.open(Messages.HEADER + Messages.entity("compressed-data", free))
                        .text())
                .endsWith("aaaa");
    }

    @ParameterizedTest
    @ValueSource(ints = {Walk.MAX_LAYERS, Walk.MAX_LAYERS + 1})
    void layersAreBounded(int layers) throws Exception {
        String entity = Messages.ENTITY;
        for (int i = 0; i < layers; i++) {
            entity = Messages.entity("compressed-data", Messages.compressed(Messages.bytes(entity)));
        }
        OpenFixture.Result result = new OpenFixture(directory).open(Messages.HEADER + entity);
        boolean all = layers <= Walk.MAX_LAYERS;
        assertThat(result.text().endsWith(Messages.ENTITY)).isEqualTo(all);
        assertThat(result.findings().contains(Finding.TOO_MANY_LAYERS)).isEqualTo(!all);
    }

    /** Forty parts in one another, three times over with a compressed layer between: the walk ends at its bound. */
    @Test
    void partsAndLayersTogetherAreBounded() throws Exception {
        String entity = Messages.ENTITY;
        for (int i = 0; i < 3; i++) {
            entity = Messages.entity("compressed-data", Messages.compressed(Messages.bytes(nested(entity))));
        }
        OpenFixture.Result result = new OpenFixture(directory).open(Messages.HEADER + entity);
        int depth = 0;
        for (List<Layer> layers = result.opened().facts().layers();
                !layers.isEmpty();
                layers = layers.getFirst().children()) {
            depth++;
        }
        assertThat(depth).isEqualTo(Walk.MAX_DEPTH + 1);
        assertThat(result.findings()).contains(Finding.TOO_MANY_LAYERS);
    }

    private static String nested(String entity) {
        String all = entity;
        for (int i = 0; i < 40; i++) {
            all = "Content-Type: multipart/mixed; boundary=b" + i + "-\r\n\r\n--b" + i + "-\r\n" + all + "\r\n--b" + i
                    + "---\r\n";
        }
        return all;
    }

    /** 10,000 recipients of whom the last one is ours; then one more before it. */
    @ParameterizedTest
    @ValueSource(ints = {9_999, 10_000})
    void recipientsAreBounded(int before) throws Exception {
        byte[] cms = Messages.enveloped(Messages.bytes(Messages.ENTITY), CMSAlgorithm.AES256_CBC, BOB);
        OpenFixture.Result result = new OpenFixture(directory).with(BOB).cms(withRecipients(cms, before), null);
        boolean found = before < 10_000;
        assertThat(result.opened().facts().lock()).isEqualTo(found ? Lock.WEAK : Lock.FAILED);
        assertThat(result.findings())
                .isEqualTo(
                        found
                                ? List.of(Finding.REMOTE_CONTENT_UNSAFE)
                                : List.of(
                                        Finding.RECIPIENT_UNSUPPORTED,
                                        Finding.TOO_MANY_RECIPIENTS,
                                        Finding.NO_MATCHING_IDENTITY));
    }

    private static byte[] withRecipients(byte[] cms, int before) throws IOException {
        var info = org.bouncycastle.asn1.cms.ContentInfo.getInstance(cms);
        var data = org.bouncycastle.asn1.cms.EnvelopedData.getInstance(info.getContent());
        var recipients = new org.bouncycastle.asn1.ASN1EncodableVector();
        var ours = data.getRecipientInfos().getObjectAt(0);
        var password = new org.bouncycastle.asn1.cms.RecipientInfo(new org.bouncycastle.asn1.cms.OtherRecipientInfo(
                new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.2.3"), org.bouncycastle.asn1.DERNull.INSTANCE));
        for (int i = 0; i < before; i++) {
            recipients.add(password);
        }
        recipients.add(ours);
        // A DL set keeps this order; DER would sort ours to the front.
        var changed = new org.bouncycastle.asn1.cms.EnvelopedData(
                null,
                new org.bouncycastle.asn1.DLSet(recipients),
                data.getEncryptedContentInfo(),
                (org.bouncycastle.asn1.ASN1Set) null);
        return new org.bouncycastle.asn1.cms.ContentInfo(info.getContentType(), changed)
                .getEncoded(org.bouncycastle.asn1.ASN1Encoding.DL);
    }
}
