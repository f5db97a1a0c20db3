package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.zegel.model.Failure;
import org.zegel.store.RsaDecryption;

/** RSA decryption with the JDK's provider; every failure of the cipher looks the same. */
record SoftwareRsa(PrivateKey key) implements RsaDecryption {
    @Override
    public byte[] pkcs1(byte[] encryptedKey) throws Failure {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return cipher.doFinal(encryptedKey);
        } catch (GeneralSecurityException failed) {
            throw cannotDecrypt();
        }
    }

    @Override
    public byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new OAEPParameterSpec(
                            digest, "MGF1", new MGF1ParameterSpec(maskDigest), new PSource.PSpecified(label)));
            return cipher.doFinal(encryptedKey);
        } catch (GeneralSecurityException | IllegalArgumentException failed) {
            throw cannotDecrypt();
        }
    }

    private static Failure cannotDecrypt() {
        return new Failure(Failure.Kind.CANNOT_DECRYPT, "The message cannot be decrypted with this key.");
    }
}
