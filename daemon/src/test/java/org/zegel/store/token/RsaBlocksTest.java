package org.zegel.store.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.junit.jupiter.api.Test;
import org.zegel.store.cryptoki.Hash;

/** Paddings beside those that the JDK makes, and by hand at their edges. */
class RsaBlocksTest {
    private static final int LENGTH = 128;
    private static final byte[] LABEL = {5};

    /** 00 02, so many bytes that are not zero, 00, the rest. */
    private static byte[] block(int padding, int length) {
        byte[] block = new byte[length];
        Arrays.fill(block, 2, 2 + padding, (byte) 0x5a);
        block[1] = 2;
        Arrays.fill(block, Math.min(length, 3 + padding), length, (byte) 0x11);
        return block;
    }

    @Test
    void padsAsRfc8017Says() {
        byte[] padded = RsaBlocks.pad(new byte[] {9, 8}, 16);
        assertThat(HexFormat.of().formatHex(padded)).isEqualTo("0001ffffffffffffffffffffff000908");
    }

    @Test
    void takesOffPaddingOfEightBytesAndMore() {
        assertThat(RsaBlocks.unpad(block(8, LENGTH)).orElseThrow()).hasSize(LENGTH - 11);
        assertThat(RsaBlocks.unpad(block(LENGTH - 3, LENGTH)).orElseThrow()).isEmpty();
        byte[] zerosInside = block(8, LENGTH);
        zerosInside[LENGTH - 1] = 0;
        assertThat(RsaBlocks.unpad(zerosInside).orElseThrow()).hasSize(LENGTH - 11);
    }

    @Test
    void refusesEveryOtherBlock() {
        assertThat(RsaBlocks.unpad(block(7, LENGTH))).isEmpty();
        assertThat(RsaBlocks.unpad(block(0, LENGTH))).isEmpty();
        assertThat(RsaBlocks.unpad(new byte[LENGTH])).isEmpty();
        byte[] endless = new byte[LENGTH];
        Arrays.fill(endless, (byte) 0x5a);
        endless[0] = 0;
        endless[1] = 2;
        assertThat(RsaBlocks.unpad(endless)).isEmpty();
        for (int first = 1; first < 256; first++) {
            byte[] wrong = block(8, LENGTH);
            wrong[0] = (byte) first;
            assertThat(RsaBlocks.unpad(wrong)).isEmpty();
            wrong[0] = 0;
            wrong[1] = (byte) (first == 2 ? 0 : first);
            assertThat(RsaBlocks.unpad(wrong)).isEmpty();
        }
    }

    @Test
    void takesOffWhatTheJdkPuts() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        RSAKeyParameters modulus = new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
        byte[] secret = {1, 2, 3, 4};
        for (Hash hash : new Hash[] {Hash.SHA1, Hash.SHA224, Hash.SHA256, Hash.SHA384}) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            OAEPParameterSpec parameters = new OAEPParameterSpec(
                    hash.algorithm(), "MGF1", new MGF1ParameterSpec("SHA-1"), new PSource.PSpecified(LABEL));
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
            byte[] block = bare(cipher.doFinal(secret), (RSAPrivateKey) pair.getPrivate());
            assertThat(RsaBlocks.unpad(block, hash, Hash.SHA1, LABEL, modulus)).hasValue(secret);
            assertThat(RsaBlocks.unpad(block, hash, Hash.SHA1, new byte[0], modulus))
                    .isEmpty();
            assertThat(RsaBlocks.unpad(block, hash, Hash.SHA512, LABEL, modulus))
                    .isEmpty();
            for (int at : new int[] {0, 1, 40, 127}) {
                byte[] changed = block.clone();
                changed[at] ^= 1;
                assertThat(RsaBlocks.unpad(changed, hash, Hash.SHA1, LABEL, modulus))
                        .as("byte %d", at)
                        .isEmpty();
            }
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        assertThat(RsaBlocks.unpad(bare(cipher.doFinal(secret), (RSAPrivateKey) pair.getPrivate())))
                .hasValue(secret);
    }

    /** What a token's bare operation gives. */
    private static byte[] bare(byte[] encrypted, RSAPrivateKey key) {
        BigInteger opened = new BigInteger(1, encrypted).modPow(key.getPrivateExponent(), key.getModulus());
        byte[] bytes = opened.toByteArray();
        return RsaBlocks.leftPad(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes, LENGTH);
    }
}
