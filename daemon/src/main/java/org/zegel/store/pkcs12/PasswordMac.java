package org.zegel.store.pkcs12;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Failure;

/** The integrity check of a PKCS#12 file: HMAC with RFC 7292's key derivation, or PBMAC1 (RFC 9579). */
final class PasswordMac {
    /** Shortest key RFC 9579 section 8 lets PBMAC1 have, in bytes. */
    static final int MIN_PBMAC1_KEY_BYTES = 20;

    private PasswordMac() {}

    /** Whether this form of the passphrase gives the file's MAC. */
    static boolean verify(MacData mac, byte[] content, PasswordKeys keys, byte[] bmp) throws Failure {
        AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
        byte[] expected = mac.getMac().getDigest();
        byte[] computed = PKCSObjectIdentifiers.id_PBMAC1.equals(algorithm.getAlgorithm())
                ? pbmac1(PBMAC1Params.getInstance(algorithm.getParameters()), content, keys)
                : classic(mac, content, keys, bmp);
        return MessageDigest.isEqual(expected, computed);
    }

    private static byte[] pbmac1(PBMAC1Params parameters, byte[] content, PasswordKeys keys) throws Failure {
        AlgorithmIdentifier function = parameters.getKeyDerivationFunc();
        if (!PKCSObjectIdentifiers.id_PBKDF2.equals(function.getAlgorithm())) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        }
        PBKDF2Params params = PBKDF2Params.getInstance(function.getParameters());
        int iterations = PasswordKeys.iterations(params.getIterationCount());
        BigInteger length = params.getKeyLength();
        // RFC 9579 section 4: the length must be there; without it anyone could choose a short key.
        if (length == null
                || length.compareTo(BigInteger.valueOf(MIN_PBMAC1_KEY_BYTES)) < 0
                || length.compareTo(BigInteger.valueOf(PasswordKeys.MAX_KEY_BYTES)) > 0) {
            throw ImportProblem.DAMAGED.failure();
        }
        String prf = HashNames.ofHmac(params.getPrf().getAlgorithm());
        String hmac = HashNames.ofHmac(parameters.getMessageAuthScheme().getAlgorithm());
        return hmac(hmac, keys.pbkdf2(prf, params.getSalt(), iterations, length.intValueExact()), content);
    }

    private static byte[] classic(MacData mac, byte[] content, PasswordKeys keys, byte[] bmp) throws Failure {
        int iterations = PasswordKeys.iterations(mac.getIterationCount());
        PasswordKeys.checkSize(mac.getSalt(), PasswordKeys.MAX_KEY_BYTES);
        keys.spend(iterations);
        String hash = HashNames.ofDigest(mac.getMac().getAlgorithmId().getAlgorithm());
        return hmac(hash, Pkcs12Derivation.macKey(hash, bmp, mac.getSalt(), iterations), content);
    }

    /** The MAC of the content; wipes the key. */
    static byte[] hmac(String hash, byte[] key, byte[] content) throws Failure {
        try {
            Mac mac = Mac.getInstance("Hmac" + hash);
            mac.init(new SecretKeySpec(key, "RAW"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException missing) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
