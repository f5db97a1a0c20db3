package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.EncryptedParts;
import org.zegel.model.Finding;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict.Lock;

/** Thousands of changed messages: whatever was wrong inside, the answer is one and the same. */
class DecryptionOracleTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final TestIdentity BOB_TOO = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final int MODULUS = 256;
    private static final int TRIES = 500;
    private static final int ROUNDS = 40;
    /** The processor's time of this thread: other work on the machine does not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final long SEED = 20180514;

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    private OpenFixture fixture;

    @BeforeEach
    void fixture() {
        fixture = new OpenFixture(directory).with(BOB, BOB_TOO);
    }

    private static EncryptedParts cbc() throws Exception {
        return EncryptedParts.of(Messages.enveloped(
                Messages.bytes(Messages.ENTITY + "a line of text\r\n".repeat(50)),
                CMSAlgorithm.AES256_CBC,
                BOB,
                BOB_TOO));
    }

    private static EncryptedParts gcm() throws Exception {
        return EncryptedParts.of(
                Messages.authEnveloped(Messages.bytes(Messages.ENTITY), null, Messages.transport(BOB)));
    }

    private MessageFacts facts(EncryptedParts parts) throws Exception {
        String type = parts.tag() == null ? "enveloped-data" : "authEnveloped-data";
        OpenFixture.Result result = fixture.open(Messages.HEADER + Messages.entity(type, parts.encoded()));
        assertThat(result.clear()).isNull();
        return result.opened().facts();
    }

    private static EncryptedParts withKey(EncryptedParts parts, byte[] key, AlgorithmIdentifier algorithm) {
        List<ASN1Encodable> recipients = new ArrayList<>(parts.recipients());
        KeyTransRecipientInfo ours = KeyTransRecipientInfo.getInstance(
                RecipientInfo.getInstance(recipients.getFirst()).getInfo());
        recipients.set(
                0,
                new KeyTransRecipientInfo(
                        ours.getRecipientIdentifier(),
                        algorithm == null ? ours.getKeyEncryptionAlgorithm() : algorithm,
                        new DEROctetString(key)));
        return parts.recipients(recipients.subList(0, 1));
    }

    private static byte[] rsa(byte[] padded) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
        rsa.init(Cipher.ENCRYPT_MODE, BOB.certificate().getPublicKey());
        return rsa.doFinal(padded);
    }

    /** PKCS#1 v1.5 blocks with every kind of fault that Bleichenbacher's attack and its successors ask about. */
    private List<byte[]> paddings() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            byte[] block = new byte[MODULUS];
            for (int at = 2; at < MODULUS; at++) {
                block[at] = (byte) (1 + random.nextInt(255));
            }
            block[1] = 2;
            int zero = MODULUS - 33;
            switch (i % 7) {
                case 0 -> block[zero] = 0; // right padding, another key
                case 1 -> block[0] = 1;
                case 2 -> block[1] = (byte) random.nextInt(3);
                case 3 -> block[2 + random.nextInt(8)] = 0; // padding shorter than eight bytes
                case 4 -> block[MODULUS - 1] = 0; // an empty key
                case 5 -> block[MODULUS - 1 - random.nextInt(100)] = 0; // a key of another length
                default -> {} // no end of the padding
            }
            all.add(block);
        }
        return all;
    }

    @Test
    void changedEncryptedKeysGetOneAnswer() throws Exception {
        for (EncryptedParts parts : List.of(cbc(), gcm())) {
            MessageFacts first = null;
            for (byte[] padding : paddings()) {
                if (padding[0] != 0) {
                    // Larger than the modulus: what openssl and others refuse to make.
                    padding[0] = (byte) 0xff;
                }
                byte[] key = padding[0] == 0 ? rsa(padding) : padding;
                first = same(first, facts(withKey(parts, key, null)));
            }
        }
    }

    @Test
    void changedOaepGetsTheSameAnswer() throws Exception {
        AlgorithmIdentifier oaep = new JcaAlgorithmParametersConverter()
                .getAlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSAES_OAEP,
                        new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
        EncryptedParts parts = gcm();
        MessageFacts first = facts(parts.tag(tag -> new byte[tag.length]));
        for (byte[] padding : paddings()) {
            if (padding[0] == 0) {
                same(first, facts(withKey(parts, rsa(padding), oaep)));
            }
        }
    }

    @Test
    void changedAuthenticatedContentGetsTheSameAnswer() throws Exception {
        EncryptedParts parts = gcm();
        MessageFacts first = facts(parts.tag(tag -> new byte[tag.length]));
        for (int i = 0; i < TRIES; i++) {
            same(first, facts(i % 2 == 0 ? parts.content(this::changed) : parts.tag(this::changed)));
        }
    }

    /** Blocks in another order, cut off, or noise: with padding that is right by chance as well. */
    @Test
    void noiseOfUnauthenticatedContentGetsTheSameAnswer() throws Exception {
        EncryptedParts parts = cbc();
        MessageFacts first = facts(parts.content(this::noise));
        for (int i = 0; i < 2 * TRIES; i++) {
            same(first, facts(parts.content(this::noise)));
        }
    }

    private byte[] changed(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        return bytes;
    }

    private byte[] noise(byte[] bytes) {
        random.nextBytes(bytes);
        return bytes;
    }

    private MessageFacts same(MessageFacts first, MessageFacts facts) {
        assertThat(facts.lock()).isEqualTo(Lock.FAILED);
        assertThat(facts.findings()).containsExactly(Finding.CANNOT_DECRYPT);
        assertThat(facts.decryptedWith()).isNull();
        if (first != null) {
            assertThat(facts).usingRecursiveComparison().isEqualTo(first);
        }
        return facts;
    }

    /** A substitute key is the same each time: trying again tells nothing new. */
    @Test
    void theSameMessageGetsTheSameAnswerEachTime() throws Exception {
        byte[] padding = new byte[MODULUS];
        Arrays.fill(padding, (byte) 7);
        padding[0] = 0;
        padding[1] = 2;
        EncryptedParts parts = withKey(cbc(), rsa(padding), null);
        byte[] cms = parts.encoded();
        OpenFixture.Result first = fixture.cms(cms, null);
        for (int i = 0; i < 20; i++) {
            OpenFixture.Result again = fixture.cms(cms, null);
            assertThat(again.clear()).isEqualTo(first.clear());
            assertThat(again.findings()).isEqualTo(first.findings());
        }
    }

    /** Right padding with a wrong key, wrong padding, wrong length: none is told by a clock from across a network. */
    @Test
    void noGrossDifferenceInTime() throws Exception {
        EncryptedParts message = cbc();
        byte[] big = new byte[1 << 18];
        EncryptedParts parts = message.content(_ -> big);
        List<byte[]> kinds =
                paddings().stream().filter(block -> block[0] == 0).limit(6).toList();
        long[] fastest = new long[kinds.size()];
        Arrays.fill(fastest, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                EncryptedParts made = withKey(parts, rsa(kinds.get(kind)), null);
                byte[] cms = made.encoded();
                long start = CLOCK.getCurrentThreadCpuTime();
                fixture.cms(cms, null);
                fastest[kind] = Math.min(fastest[kind], CLOCK.getCurrentThreadCpuTime() - start);
            }
        }
        long least = Arrays.stream(fastest).min().orElseThrow();
        long most = Arrays.stream(fastest).max().orElseThrow();
        assertThat(most).as(Arrays.toString(fastest)).isLessThan(2 * least);
    }
}
