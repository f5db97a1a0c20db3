package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Decrypts what was encrypted under a passphrase: PBES2, PBES1 (RFC 8018) and the schemes of RFC 7292 appendix C. */
final class PasswordDecryption {
    /** A block or stream cipher and the length of its key. */
    private record CipherKind(String name, int keyBytes, int ivBytes) {}

    private static final CipherKind TRIPLE_DES = new CipherKind("DESede/CBC/PKCS5Padding", 24, 8);
    private static final String RC2 = "RC2/CBC/PKCS5Padding";

    private static final Map<ASN1ObjectIdentifier, CipherKind> PBES2_CIPHERS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new CipherKind("AES/CBC/PKCS5Padding", 16, 16),
            NISTObjectIdentifiers.id_aes192_CBC, new CipherKind("AES/CBC/PKCS5Padding", 24, 16),
            NISTObjectIdentifiers.id_aes256_CBC, new CipherKind("AES/CBC/PKCS5Padding", 32, 16),
            PKCSObjectIdentifiers.des_EDE3_CBC, TRIPLE_DES,
            OIWObjectIdentifiers.desCBC, new CipherKind("DES/CBC/PKCS5Padding", 8, 8));

    private static final Map<ASN1ObjectIdentifier, CipherKind> PKCS12_CIPHERS = Map.of(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, TRIPLE_DES,
            PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, new CipherKind(TRIPLE_DES.name(), 16, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, new CipherKind(RC2, 16, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new CipherKind(RC2, 5, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4, new CipherKind("ARCFOUR", 16, 0),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC4, new CipherKind("ARCFOUR", 5, 0));

    private final PasswordKeys keys;
    private final byte[] bmp;

    /** @param bmp the form of the passphrase for RFC 7292's own key derivation, see {@link PasswordKeys#bmpForms} */
    PasswordDecryption(PasswordKeys keys, byte[] bmp) {
        this.keys = keys;
        this.bmp = bmp;
    }

    /** The clear bytes, which the caller wipes; {@code wrong-passphrase} where the padding does not fit. */
    byte[] decrypt(AlgorithmIdentifier scheme, byte[] encrypted) throws Failure {
        ASN1ObjectIdentifier oid = scheme.getAlgorithm();
        CipherKind pkcs12 = PKCS12_CIPHERS.get(oid);
        if (pkcs12 != null) {
            return pkcs12(pkcs12, PKCS12PBEParams.getInstance(scheme.getParameters()), encrypted);
        }
        if (PKCSObjectIdentifiers.id_PBES2.equals(oid)) {
            return pbes2(PBES2Parameters.getInstance(scheme.getParameters()), encrypted);
        }
        if (PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC.equals(oid)) {
            return pbes1("MD5", PBEParameter.getInstance(scheme.getParameters()), encrypted);
        }
        if (PKCSObjectIdentifiers.pbeWithSHA1AndDES_CBC.equals(oid)) {
            return pbes1("SHA-1", PBEParameter.getInstance(scheme.getParameters()), encrypted);
        }
        throw ImportProblem.UNKNOWN_ALGORITHM.failure();
    }

    private byte[] pbes2(PBES2Parameters parameters, byte[] encrypted) throws Failure {
        AlgorithmIdentifier scheme = AlgorithmIdentifier.getInstance(parameters.getEncryptionScheme());
        CipherKind cipher = PBES2_CIPHERS.get(scheme.getAlgorithm());
        if (cipher == null) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        }
        byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
        byte[] key = pbes2Key(parameters.getKeyDerivationFunc(), cipher.keyBytes());
        return run(cipher, key, iv, encrypted);
    }

    private byte[] pbes2Key(KeyDerivationFunc function, int keyBytes) throws Failure {
        if (PKCSObjectIdentifiers.id_PBKDF2.equals(function.getAlgorithm())) {
            PBKDF2Params params = PBKDF2Params.getInstance(function.getParameters());
            int iterations = PasswordKeys.iterations(params.getIterationCount());
            String hash = HashNames.ofHmac(params.getPrf().getAlgorithm());
            return keys.pbkdf2(hash, params.getSalt(), iterations, keyBytes);
        }
        if (MiscObjectIdentifiers.id_scrypt.equals(function.getAlgorithm())) {
            ScryptParams params = ScryptParams.getInstance(function.getParameters());
            return keys.scrypt(
                    params.getSalt(),
                    params.getCostParameter(),
                    params.getBlockSize(),
                    params.getParallelizationParameter(),
                    keyBytes);
        }
        throw ImportProblem.UNKNOWN_ALGORITHM.failure();
    }

    private byte[] pkcs12(CipherKind cipher, PKCS12PBEParams params, byte[] encrypted) throws Failure {
        int iterations = PasswordKeys.iterations(params.getIterations());
        byte[] salt = params.getIV();
        PasswordKeys.checkSize(salt, cipher.keyBytes());
        keys.spend(iterations);
        byte[] key = Pkcs12Derivation.key("SHA1", bmp, salt, iterations, cipher.keyBytes());
        byte[] iv = cipher.ivBytes() == 0 ? null : Pkcs12Derivation.iv(bmp, salt, iterations, cipher.ivBytes());
        return run(cipher, key, iv, encrypted);
    }

    /** PBKDF1 (RFC 8018 section 5.1): eight bytes of key, eight of IV. */
    private byte[] pbes1(String digest, PBEParameter params, byte[] encrypted) throws Failure {
        int iterations = PasswordKeys.iterations(params.getIterationCount());
        PasswordKeys.checkSize(params.getSalt(), 16);
        keys.spend(iterations);
        byte[] password = keys.utf8();
        try {
            MessageDigest hash = MessageDigest.getInstance(digest);
            hash.update(password);
            byte[] block = hash.digest(params.getSalt());
            for (int i = 1; i < iterations; i++) {
                block = hash.digest(block);
            }
            byte[] key = Arrays.copyOf(block, 8);
            byte[] iv = Arrays.copyOfRange(block, 8, 16);
            Arrays.fill(block, (byte) 0);
            return run(new CipherKind("DES/CBC/PKCS5Padding", 8, 8), key, iv, encrypted);
        } catch (GeneralSecurityException missing) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] run(CipherKind kind, byte[] key, byte @Nullable [] iv, byte[] encrypted) throws Failure {
        String keyName =
                kind.name().contains("/") ? kind.name().substring(0, kind.name().indexOf('/')) : kind.name();
        byte[] full = keyName.equals("DESede") && key.length == 16 ? threeKeys(key) : key;
        try {
            Cipher cipher = Cipher.getInstance(kind.name());
            AlgorithmParameterSpec spec = iv == null
                    ? null
                    : kind.name().equals(RC2)
                            ? new RC2ParameterSpec(key.length * Byte.SIZE, iv)
                            : new IvParameterSpec(iv);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(full, keyName), spec);
            return cipher.doFinal(encrypted);
        } catch (BadPaddingException | IllegalBlockSizeException wrongKey) {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        } catch (GeneralSecurityException malformed) {
            throw ImportProblem.DAMAGED.failure();
        } finally {
            Arrays.fill(full, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] threeKeys(byte[] two) {
        byte[] three = Arrays.copyOf(two, 24);
        System.arraycopy(two, 0, three, 16, 8);
        return three;
    }
}
