package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.EncryptedParts;

/** Encrypted messages made to cost time and memory, one after another in a JVM with a heap of 64 MB. */
class HostileEncryptionTest {
    private static final TestIdentity BOB = TestAuthority.root("Root").issue(Spec.mail("Bob", "bob@example.org"));
    private static final int LIMIT_MS = 2000;
    private static final byte[] ENVELOPED = HexFormat.of().parseHex("06092a864886f70d010703");
    private static final byte[] VERSION = {2, 1, 0};

    @TempDir
    private Path directory;

    private final List<String> files = new ArrayList<>();

    private void message(String name, byte[] cms) throws Exception {
        files.add(name);
        try (OutputStream out = Files.newOutputStream(directory.resolve(name))) {
            out.write(Messages.bytes(Messages.HEADER
                    + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n"));
            out.write(Base64.getMimeEncoder().encode(cms));
        }
    }

    private static byte[] tlv(int tag, byte[]... contents) {
        byte[] all = Messages.concatenated(contents);
        byte[] header = {
            (byte) tag,
            (byte) 0x84,
            (byte) (all.length >>> 24),
            (byte) (all.length >>> 16),
            (byte) (all.length >>> 8),
            (byte) all.length
        };
        return Messages.concatenated(header, all);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * times);
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static EncryptedParts parts() throws Exception {
        return EncryptedParts.of(Messages.enveloped(Messages.bytes(Messages.ENTITY), CMSAlgorithm.AES256_CBC, BOB));
    }

    /** EnvelopedData of given recipients, with a good content. */
    private static byte[] enveloped(byte[]... recipients) throws Exception {
        byte[] good = parts().recipients(List.of()).encoded();
        // The content follows the empty SET of recipients.
        int set = new String(good, StandardCharsets.ISO_8859_1).indexOf("\u0002\u0001\u0000\u0031\u0000") + 3;
        byte[] content = Arrays.copyOfRange(good, set + 2, good.length);
        return tlv(0x30, ENVELOPED, tlv(0xa0, tlv(0x30, VERSION, tlv(0x31, recipients), content)));
    }

    /** All for Bob, each with another key. */
    private static byte[] forUsAgainAndAgain(int times) throws Exception {
        KeyTransRecipientInfo ours = KeyTransRecipientInfo.getInstance(
                RecipientInfo.getInstance(parts().recipients().getFirst()).getInfo());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] key = new byte[256];
        Random random = new Random(1);
        for (int i = 0; i < times; i++) {
            random.nextBytes(key);
            out.writeBytes(new KeyTransRecipientInfo(
                            ours.getRecipientIdentifier(), ours.getKeyEncryptionAlgorithm(), new DEROctetString(key))
                    .getEncoded(ASN1Encoding.DER));
        }
        return out.toByteArray();
    }

    private static byte[] agreementWithTinyElements(int bytes) {
        byte[] tiny = repeated(new byte[] {0x30, 3, 2, 1, 1}, bytes / 5);
        byte[] algorithm = {0x30, 3, 6, 1, 0x2a};
        byte[] originator = tlv(0xa0, tlv(0x80, new byte[20]));
        return tlv(0xa1, VERSION, originator, algorithm, tlv(0x30, tiny));
    }

    private static byte[] inTinyChunks(int size) throws Exception {
        EncryptedParts parts = parts();
        byte[] chunks = repeated(new byte[] {4, 1, 0x55}, size);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {0x30, (byte) 0x80});
        content.writeBytes(HexFormat.of().parseHex("06092a864886f70d010701"));
        content.writeBytes(parts.algorithm().getEncoded());
        content.writeBytes(new byte[] {(byte) 0xa0, (byte) 0x80});
        content.writeBytes(chunks);
        content.writeBytes(new byte[4]);
        byte[] recipient = parts.recipients().getFirst().toASN1Primitive().getEncoded();
        return tlv(0x30, ENVELOPED, tlv(0xa0, tlv(0x30, VERSION, tlv(0x31, recipient), content.toByteArray())));
    }

    private static byte[] nested(int depth) throws Exception {
        byte[] cms = null;
        for (int i = 0; i < depth; i++) {
            byte[] inside = cms == null ? Messages.bytes(Messages.ENTITY) : binary(cms);
            cms = Messages.enveloped(inside, CMSAlgorithm.AES256_CBC, BOB);
        }
        return cms;
    }

    private static byte[] binary(byte[] cms) {
        return Messages.concatenated(
                Messages.bytes("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"
                        + "Content-Transfer-Encoding: binary\r\n\r\n"),
                cms);
    }

    @Test
    void costsLittleTimeAndMemory() throws Exception {
        byte[] many = forUsAgainAndAgain(100_000);
        message("recipients-100000-ours", enveloped(many));
        message("recipient-of-40-megabytes", enveloped(tlv(0x30, new byte[40_000_000])));
        message("agreement-of-4-megabytes", enveloped(agreementWithTinyElements(4_000_000)));
        message("agreement-of-20-megabytes", enveloped(agreementWithTinyElements(20_000_000)));
        message("agreements-many", enveloped(repeated(agreementWithTinyElements(60_000), 300)));
        message("tiny-elements", enveloped(tlv(0x30, repeated(new byte[] {2, 1, 1}, 20_000))));
        message("other-recipients", enveloped(repeated(new byte[] {(byte) 0xa4, 3, 6, 1, 0x2a}, 2_000_000)));
        message("chunks-of-one-byte", inTinyChunks(4_000_000));
        message("nested-20", nested(20));
        message("nested-40", nested(40));
        message(
                "claims-a-gigabyte",
                HexFormat.of().parseHex("308430000000" + "06092a864886f70d010703" + "a08430000000"));
        message("claims-in-a-recipient", enveloped(HexFormat.of().parseHex("3084300000000201")));
        message("good", parts().encoded());

        Map<String, String> said = open();
        assertThat(said.keySet()).containsExactlyInAnyOrderElementsOf(files);
        said.forEach((name, line) -> {
            assertThat(Integer.parseInt(line.split(" ")[1])).as(line).isLessThan(LIMIT_MS);
        });
        assertThat(said.get("good")).contains(" WEAK ");
        assertThat(said.get("nested-20")).contains(" WEAK ");
        assertThat(said.get("nested-40")).contains("TOO_MANY_LAYERS");
        assertThat(said.get("recipients-100000-ours")).contains("FAILED").contains("TOO_MANY_RECIPIENTS");
        assertThat(said.get("recipient-of-40-megabytes")).contains("FAILED").contains("RECIPIENT_MALFORMED");
    }

    private Map<String, String> open() throws Exception {
        BOB.writeP12(directory.resolve("bob.p12"), "secret".toCharArray());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OpenHostile.class.getName(),
                directory.resolve("bob.p12").toString(),
                directory.resolve("spool").toString()));
        files.forEach(name -> command.add(directory.resolve(name).toString()));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        Map<String, String> lines = new TreeMap<>();
        Files.readAllLines(output).forEach(line -> lines.put(line.split(" ")[0], line));
        return lines;
    }
}
