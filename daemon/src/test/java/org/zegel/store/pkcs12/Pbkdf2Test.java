package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {
    @ParameterizedTest
    @CsvSource({
        "SHA256, passphrase, 1, 32",
        "SHA256, passphrase, 2, 33",
        "SHA1, wachtwoord, 1000, 64",
        "SHA224, é€😀, 3, 1",
        "SHA384, '', 10, 48",
        "SHA512, a passphrase that is a good deal longer than one block of the digest that it is used with here and so is hashed first by HMAC itself, 7, 64"
    })
    void derivesWhatTheJdkDerives(String hash, String passphrase, int iterations, int bytes) throws Exception {
        byte[] salt = "salt that is salt".getBytes(StandardCharsets.US_ASCII);
        byte[] password = passphrase.getBytes(StandardCharsets.UTF_8);
        byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, iterations, bytes * Byte.SIZE))
                .getEncoded();
        assertThat(Pbkdf2.derive(hash, password, salt, iterations, bytes)).isEqualTo(expected);
        assertThat(password).as("the caller's own").isEqualTo(passphrase.getBytes(StandardCharsets.UTF_8));
    }
}
