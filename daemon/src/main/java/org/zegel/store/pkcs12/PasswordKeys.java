package org.zegel.store.pkcs12;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * Keys derived from one passphrase (RFC 8018, RFC 7914). Keys of PBKDF2 are kept until closed, so that a file whose parts
 * share a salt is derived once, and so that a store can write itself again after its passphrase was forgotten.
 */
final class PasswordKeys implements AutoCloseable {
    /** Highest iteration count of one derivation; a few seconds of work. */
    static final int MAX_ITERATIONS = 10_000_000;
    /** Highest sum of iterations spent on one file. */
    static final long MAX_TOTAL_ITERATIONS = 4L * MAX_ITERATIONS;

    static final int MAX_SALT_BYTES = 1024;
    static final int MAX_KEY_BYTES = 64;
    /** Memory that scrypt may take, in bytes (128 * N * r). */
    static final long MAX_SCRYPT_BYTES = 64L << 20;

    static final int MAX_SCRYPT_PARALLEL = 16;

    private final Map<String, byte[]> derived = new HashMap<>();
    private @Nullable Secret secret;
    private long spent;

    /** Takes over the secret. */
    PasswordKeys(Secret secret) {
        this.secret = secret;
    }

    /** @param hash digest of the PRF in JCA spelling without hyphen, for instance {@code SHA256} */
    byte[] pbkdf2(String hash, byte[] salt, int iterations, int keyBytes) throws Failure {
        checkSize(salt, keyBytes);
        String name =
                hash + ':' + iterations + ':' + keyBytes + ':' + HexFormat.of().formatHex(salt);
        byte[] known = derived.get(name);
        if (known != null) {
            return known.clone();
        }
        spend(iterations);
        byte[] password = utf8();
        try {
            byte[] key = Pbkdf2.derive(hash, password, salt, iterations, keyBytes);
            derived.put(name, key);
            return key.clone();
        } catch (GeneralSecurityException missing) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    byte[] scrypt(byte[] salt, BigInteger cost, BigInteger blockSize, BigInteger parallel, int keyBytes)
            throws Failure {
        checkSize(salt, keyBytes);
        if (cost.signum() <= 0 || blockSize.signum() <= 0 || parallel.signum() <= 0) {
            throw ImportProblem.DAMAGED.failure();
        }
        BigInteger memory = cost.multiply(blockSize).shiftLeft(7);
        if (memory.compareTo(BigInteger.valueOf(MAX_SCRYPT_BYTES)) > 0
                || parallel.compareTo(BigInteger.valueOf(MAX_SCRYPT_PARALLEL)) > 0) {
            throw ImportProblem.ITERATION_LIMIT.failure();
        }
        spend(MAX_ITERATIONS / 10);
        byte[] password = utf8();
        try {
            return SCrypt.generate(
                    password, salt, cost.intValue(), blockSize.intValue(), parallel.intValue(), keyBytes);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** Counts the work of a derivation that the caller does itself. */
    void spend(int iterations) throws Failure {
        spent += iterations;
        if (spent > MAX_TOTAL_ITERATIONS) {
            throw ImportProblem.ITERATION_LIMIT.failure();
        }
    }

    /** The count as an int, when it is one that may be computed. */
    static int iterations(BigInteger count) throws Failure {
        if (count.signum() <= 0) {
            throw ImportProblem.DAMAGED.failure();
        }
        if (count.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) > 0) {
            throw ImportProblem.ITERATION_LIMIT.failure();
        }
        return count.intValueExact();
    }

    static void checkSize(byte[] salt, int keyBytes) throws Failure {
        if (salt.length == 0 || keyBytes <= 0 || keyBytes > MAX_KEY_BYTES) {
            throw ImportProblem.DAMAGED.failure();
        }
        if (salt.length > MAX_SALT_BYTES) {
            throw ImportProblem.TOO_LARGE.failure();
        }
    }

    /** A fresh copy that the caller wipes. */
    byte[] utf8() throws Failure {
        return secret().utf8();
    }

    /**
     * The passphrase as RFC 7292 appendix B.1 wants it (UTF-16, two zero bytes after it), then as others have written it:
     * no bytes at all for an empty one, and each byte of its UTF-8 as a character (OpenSSL before 1.1). Fresh copies.
     */
    List<byte[]> bmpForms() throws Failure {
        List<byte[]> forms = new ArrayList<>();
        if (secret == null) {
            // Only derived keys are left, which depend on no form.
            return List.of(new byte[0]);
        }
        char[] text = characters();
        forms.add(bmp(text));
        if (text.length == 0) {
            forms.add(new byte[0]);
        }
        byte[] utf8 = utf8();
        if (utf8.length != text.length) {
            char[] wide = new char[utf8.length];
            for (int i = 0; i < utf8.length; i++) {
                wide[i] = (char) (utf8[i] & 0xff);
            }
            forms.add(bmp(wide));
            Arrays.fill(wide, '\0');
        }
        Arrays.fill(utf8, (byte) 0);
        return forms;
    }

    private static byte[] bmp(char[] text) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * (text.length + 1));
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    /** Wipes the passphrase; keys derived so far stay. */
    void forgetPassphrase() {
        if (secret != null) {
            secret.close();
            secret = null;
        }
        spent = 0;
    }

    private char[] characters() throws Failure {
        return secret().characters();
    }

    private Secret secret() throws Failure {
        Secret held = secret;
        if (held == null) {
            // Another passphrase was set since this one was forgotten.
            throw ImportProblem.WRONG_PASSPHRASE.failure();
        }
        return held;
    }

    @Override
    public void close() {
        forgetPassphrase();
        derived.values().forEach(key -> Arrays.fill(key, (byte) 0));
        derived.clear();
    }
}
