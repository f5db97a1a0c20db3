package org.zegel.store.pkcs12;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.zegel.model.Failure;

/** The key derivation of RFC 7292 appendix B, for reading old files only. */
final class Pkcs12Derivation {
    private Pkcs12Derivation() {}

    static byte[] key(String hash, byte[] bmp, byte[] salt, int iterations, int bytes) throws Failure {
        return ((KeyParameter) generator(hash, bmp, salt, iterations).generateDerivedParameters(bytes * Byte.SIZE))
                .getKey();
    }

    static byte[] iv(byte[] bmp, byte[] salt, int iterations, int bytes) throws Failure {
        ParametersWithIV both = (ParametersWithIV)
                generator("SHA1", bmp, salt, iterations).generateDerivedParameters(8 * Byte.SIZE, bytes * Byte.SIZE);
        return both.getIV();
    }

    static byte[] macKey(String hash, byte[] bmp, byte[] salt, int iterations) throws Failure {
        PKCS12ParametersGenerator generator = generator(hash, bmp, salt, iterations);
        int bits = digest(hash).getDigestSize() * Byte.SIZE;
        return ((KeyParameter) generator.generateDerivedMacParameters(bits)).getKey();
    }

    private static PKCS12ParametersGenerator generator(String hash, byte[] bmp, byte[] salt, int iterations)
            throws Failure {
        PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(digest(hash));
        generator.init(bmp, salt, iterations);
        return generator;
    }

    private static Digest digest(String hash) throws Failure {
        return switch (hash) {
            case "SHA1" -> new SHA1Digest();
            case "SHA224" -> new SHA224Digest();
            case "SHA256" -> SHA256Digest.newInstance();
            case "SHA384" -> new SHA384Digest();
            case "SHA512" -> new SHA512Digest();
            default -> throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        };
    }
}
