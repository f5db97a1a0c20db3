package org.zegel.store.token;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.zegel.model.Failure;
import org.zegel.store.RsaDecryption;
import org.zegel.store.cryptoki.Hash;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;

/** RSA decryption by a key on a token; what is wrong inside a ciphertext is never told. */
final class TokenDecryption implements RsaDecryption {
    private static final Mechanism RAW = new Mechanism.RsaRaw();
    private static final Mechanism PKCS1 = new Mechanism.RsaPkcs1();

    private final PrivateOperations key;
    private final PublicNumbers numbers;
    private final TokenWords words;

    TokenDecryption(PrivateOperations key, PublicNumbers numbers, TokenWords words) {
        this.key = key;
        this.numbers = numbers;
        this.words = words;
    }

    @Override
    public byte[] pkcs1(byte[] encryptedKey) throws Failure {
        return decrypt(PKCS1, encryptedKey, RsaBlocks::unpad);
    }

    @Override
    public byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure {
        Hash hash = hash(digest);
        Hash mask = hash(maskDigest);
        RSAKeyParameters modulus = numbers.rsa().orElseThrow(TokenWords::cannotDecrypt);
        return decrypt(
                new Mechanism.RsaOaep(hash, mask, label),
                encryptedKey,
                block -> RsaBlocks.unpad(block, hash, mask, label, modulus));
    }

    private interface Unpadding {
        Optional<byte[]> of(byte[] block);
    }

    /**
     * With the padding taken off here, always in the same time and words; by the token only where it does not let the bare
     * block out. Tokens differ in how they tell bad padding, and some (SoftHSM) know one digest for OAEP and no label.
     */
    private byte[] decrypt(Mechanism own, byte[] encryptedKey, Unpadding unpadding) throws Failure {
        byte[] ciphertext = ciphertext(encryptedKey);
        try {
            if (key.has(RAW)) {
                try {
                    return opened(key.decrypt(RAW, ciphertext), unpadding);
                } catch (ModuleFailure failed) {
                    if (!RsaBlocks.mayDoOtherwise(failed) || !key.has(own)) {
                        throw failed;
                    }
                }
            }
        } catch (ModuleFailure failed) {
            // Nothing of the padding was looked at yet, so that the cause may be told.
            throw words.failure(failed);
        }
        try {
            return key.decrypt(own, ciphertext);
        } catch (ModuleFailure failed) {
            throw failure(failed);
        }
    }

    private byte[] opened(byte[] decrypted, Unpadding unpadding) throws Failure {
        byte[] block = RsaBlocks.leftPad(decrypted, numbers.modulusBytes());
        try {
            return unpadding.of(block).orElseThrow(TokenWords::cannotDecrypt);
        } finally {
            Arrays.fill(block, (byte) 0);
            Arrays.fill(decrypted, (byte) 0);
        }
    }

    /** A number below the modulus, exactly as long as that, for tokens that are strict. */
    private byte[] ciphertext(byte[] encryptedKey) throws Failure {
        int length = numbers.modulusBytes();
        if (encryptedKey.length > length || new BigInteger(1, encryptedKey).compareTo(modulus()) >= 0) {
            throw TokenWords.cannotDecrypt();
        }
        return RsaBlocks.leftPad(encryptedKey, length);
    }

    private BigInteger modulus() throws Failure {
        return numbers.rsa().orElseThrow(TokenWords::cannotDecrypt).getModulus();
    }

    private static Hash hash(String algorithm) throws Failure {
        return Arrays.stream(Hash.values())
                .filter(hash -> hash.algorithm().equalsIgnoreCase(algorithm))
                .findFirst()
                .orElseThrow(TokenWords::cannotDecrypt);
    }

    /** A token that fails without saying why may have seen bad padding: nobody learns more. */
    private Failure failure(ModuleFailure failed) {
        return failed.kind() == ModuleFailure.Kind.FAILED ? TokenWords.cannotDecrypt() : words.failure(failed);
    }
}
