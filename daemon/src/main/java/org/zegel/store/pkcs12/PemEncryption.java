package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.zegel.model.Failure;

/** The encryption inside old PEM keys ({@code DEK-Info}, after RFC 1421): one round of MD5, read but never written. */
final class PemEncryption {
    private static final int SALT_BYTES = 8;

    private PemEncryption() {}

    static boolean isEncrypted(PemObject object) {
        return header(object).isPresent();
    }

    static byte[] decrypt(PemObject object, PasswordKeys keys) throws Failure {
        String[] info = header(object).orElse("").split(",", 2);
        if (info.length != 2) {
            throw ImportProblem.DAMAGED.failure();
        }
        String name = switch (info[0].strip()) {
            case "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" -> "AES";
            case "DES-EDE3-CBC" -> "DESede";
            case "DES-CBC" -> "DES";
            default -> throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        };
        int keyBytes = switch (info[0].strip()) {
            case "AES-128-CBC" -> 16;
            case "AES-256-CBC" -> 32;
            case "DES-CBC" -> 8;
            default -> 24;
        };
        byte[] iv = HexFormat.of().parseHex(info[1].strip());
        byte[] key = new byte[0];
        try {
            key = bytesToKey(keys, iv, keyBytes);
            Cipher cipher = Cipher.getInstance(name + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(iv));
            return cipher.doFinal(object.getContent());
        } catch (BadPaddingException | IllegalBlockSizeException wrongKey) {
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        } catch (GeneralSecurityException malformed) {
            throw ImportProblem.DAMAGED.failure();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] bytesToKey(PasswordKeys keys, byte[] iv, int keyBytes)
            throws Failure, GeneralSecurityException {
        byte[] password = keys.utf8();
        byte[] salt = Arrays.copyOf(iv, SALT_BYTES);
        byte[] key = new byte[keyBytes];
        byte[] block = new byte[0];
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (int filled = 0; filled < keyBytes; filled += block.length) {
                md5.update(block);
                md5.update(password);
                block = md5.digest(salt);
                System.arraycopy(block, 0, key, filled, Math.min(block.length, keyBytes - filled));
            }
            return key;
        } finally {
            Arrays.fill(password, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }

    private static Optional<String> header(PemObject object) {
        return headers(object).stream()
                .filter(header -> header.getName().equals("DEK-Info"))
                .map(PemHeader::getValue)
                .findFirst();
    }

    @SuppressWarnings("unchecked") // The library's list is raw and holds nothing else.
    private static List<PemHeader> headers(PemObject object) {
        return object.getHeaders();
    }
}
