package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** What a key file may ask of the machine: allowed at the limit, refused one past it, before anything is computed. */
class LimitsTest {
    private final PasswordKeys keys = new PasswordKeys(Secret.takeOver("x".toCharArray()));

    private static Object reason(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call).data().get("reason");
    }

    @Test
    void iterations() throws Failure {
        BigInteger most = BigInteger.valueOf(PasswordKeys.MAX_ITERATIONS);
        assertThat(PasswordKeys.iterations(most)).isEqualTo(PasswordKeys.MAX_ITERATIONS);
        assertThat(reason(() -> PasswordKeys.iterations(most.add(BigInteger.ONE))))
                .isEqualTo("iteration-limit");
        assertThat(reason(() -> PasswordKeys.iterations(BigInteger.ONE.shiftLeft(64))))
                .isEqualTo("iteration-limit");
        assertThat(reason(() -> PasswordKeys.iterations(BigInteger.ZERO))).isEqualTo("damaged");
        assertThat(reason(() -> PasswordKeys.iterations(BigInteger.valueOf(-1))))
                .isEqualTo("damaged");
    }

    @Test
    void iterationsOfAWholeFile() throws Failure {
        for (int i = 0; i < PasswordKeys.MAX_TOTAL_ITERATIONS / PasswordKeys.MAX_ITERATIONS; i++) {
            keys.spend(PasswordKeys.MAX_ITERATIONS);
        }
        assertThat(reason(() -> keys.spend(1))).isEqualTo("iteration-limit");
    }

    @Test
    void saltsAndKeyLengths() {
        assertThatCode(() -> keys.pbkdf2("SHA256", new byte[PasswordKeys.MAX_SALT_BYTES], 1, 32))
                .doesNotThrowAnyException();
        assertThat(reason(() -> keys.pbkdf2("SHA256", new byte[PasswordKeys.MAX_SALT_BYTES + 1], 1, 32)))
                .isEqualTo("too-large");
        assertThat(reason(() -> keys.pbkdf2("SHA256", new byte[0], 1, 32))).isEqualTo("damaged");
        assertThatCode(() -> keys.pbkdf2("SHA256", new byte[8], 1, PasswordKeys.MAX_KEY_BYTES))
                .doesNotThrowAnyException();
        assertThat(reason(() -> keys.pbkdf2("SHA256", new byte[8], 1, PasswordKeys.MAX_KEY_BYTES + 1)))
                .isEqualTo("damaged");
    }

    @Test
    void memoryOfScrypt() throws Failure {
        BigInteger blocks = BigInteger.valueOf(8);
        BigInteger one = BigInteger.ONE;
        BigInteger most = BigInteger.valueOf(PasswordKeys.MAX_SCRYPT_BYTES / 128 / 8);
        assertThat(keys.scrypt(new byte[8], BigInteger.valueOf(1024), blocks, one, 32))
                .hasSize(32);
        assertThat(reason(() -> keys.scrypt(new byte[8], most.shiftLeft(1), blocks, one, 32)))
                .isEqualTo("iteration-limit");
        BigInteger parallel = BigInteger.valueOf(PasswordKeys.MAX_SCRYPT_PARALLEL + 1L);
        assertThat(reason(() -> keys.scrypt(new byte[8], one.shiftLeft(4), blocks, parallel, 32)))
                .isEqualTo("iteration-limit");
    }

    @Test
    void aForgottenPassphraseDerivesNothingNew() throws Failure {
        byte[] first = keys.pbkdf2("SHA256", new byte[8], 10, 32);
        keys.forgetPassphrase();
        assertThat(keys.pbkdf2("SHA256", new byte[8], 10, 32)).isEqualTo(first);
        assertThat(reason(() -> keys.pbkdf2("SHA256", new byte[9], 10, 32))).isEqualTo("wrong-passphrase");
        keys.close();
        assertThat(reason(() -> keys.pbkdf2("SHA256", new byte[8], 10, 32))).isEqualTo("wrong-passphrase");
    }
}
