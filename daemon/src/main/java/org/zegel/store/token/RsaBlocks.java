package org.zegel.store.token;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.DigestFactory;
import org.zegel.store.cryptoki.Hash;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ReturnValue;

/** RSA's paddings, around a private operation that a token did. */
final class RsaBlocks {
    private static final int LEAST_PADDING = 8;

    private RsaBlocks() {}

    /** Whether the token refused the way and not the data: another way may do. */
    static boolean mayDoOtherwise(ModuleFailure failed) {
        return failed.kind() == ModuleFailure.Kind.UNSUPPORTED || failed.value().value() == ReturnValue.ARGUMENTS_BAD;
    }

    static byte[] leftPad(byte[] block, int length) {
        if (block.length >= length) {
            return block;
        }
        byte[] padded = new byte[length];
        System.arraycopy(block, 0, padded, length - block.length, block.length);
        return padded;
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2). */
    static byte[] pad(byte[] info, int length) {
        byte[] block = new byte[length];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        block[length - info.length - 1] = 0;
        System.arraycopy(info, 0, block, length - info.length, info.length);
        return block;
    }

    /**
     * What is inside EME-PKCS1-v1_5 padding (RFC 8017 section 7.2.2); empty when the padding is wrong. Looks at every byte
     * alike, whatever is wrong and wherever.
     *
     * @param block as long as the modulus
     */
    static Optional<byte[]> unpad(byte[] block) {
        int wrong = block[0] | block[1] ^ 2;
        int searching = -1;
        int end = 0;
        for (int at = 2; at < block.length; at++) {
            int zero = (block[at] & 0xff) - 1 >> 31;
            end |= at & searching & zero;
            searching &= ~zero;
        }
        wrong |= searching | end - 2 - LEAST_PADDING >> 31;
        return wrong == 0 ? Optional.of(Arrays.copyOfRange(block, end + 1, block.length)) : Optional.empty();
    }

    /** What is inside EME-OAEP padding (RFC 8017 section 7.1.2); empty when the padding is wrong. */
    static Optional<byte[]> unpad(byte[] block, Hash digest, Hash mask, byte[] label, RSAKeyParameters key) {
        OAEPEncoding encoding =
                new OAEPEncoding(new Unchanged(block.length - 1), bouncy(digest), bouncy(mask), label.clone());
        encoding.init(false, key);
        // RSA of Bouncy Castle gives no zero in front; a block that has none there is a byte longer, and wrong.
        int first = block[0] & 0xff;
        int from = 1 - ((first | -first) >>> 31);
        try {
            return Optional.of(encoding.processBlock(block, from, block.length - from));
        } catch (InvalidCipherTextException | RuntimeException wrong) {
            return Optional.empty();
        }
    }

    private static org.bouncycastle.crypto.Digest bouncy(Hash hash) {
        return switch (hash) {
            case SHA1 -> DigestFactory.createSHA1();
            case SHA224 -> DigestFactory.createSHA224();
            case SHA256 -> DigestFactory.createSHA256();
            case SHA384 -> DigestFactory.createSHA384();
            case SHA512 -> DigestFactory.createSHA512();
        };
    }
}
