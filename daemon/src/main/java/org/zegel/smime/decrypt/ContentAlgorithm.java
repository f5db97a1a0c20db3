package org.zegel.smime.decrypt;

import java.io.IOException;
import java.math.BigInteger;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.RC2CBCParameter;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/**
 * A content-encryption algorithm with the parameters of one message. All of it stands in the clear, so what is wrong
 * with it is told.
 *
 * @param name usual name, for instance {@code AES-256-CBC}
 * @param nonce initialization vector or nonce
 * @param parameters the same as the JCA wants it, for CBC
 * @param tagBytes length of the authentication tag, 0 for CBC
 * @param derivation makes the cipher's key from the recipients' one
 */
record ContentAlgorithm(
        ContentCipher cipher,
        String name,
        Strength strength,
        byte[] nonce,
        AlgorithmParameterSpec parameters,
        int tagBytes,
        KeyForContent derivation) {
    /** Longest GCM nonce that is taken, in bytes. RFC 5084 recommends 12. */
    static final int MAX_NONCE = 64;
    /** The tag length of RFC 5084 where none is given, and the shortest that is relied on. */
    static final int DEFAULT_TAG = 12;
    /** Shortest CCM tag that is taken; RFC 5084 goes down to 4. */
    static final int MIN_CCM_TAG = 8;

    private static final int MAX_TAG = 16;
    private static final int CHACHA20_NONCE = 12;
    private static final int MIN_CCM_NONCE = 7;
    private static final int MAX_CCM_NONCE = 13;
    private static final ASN1ObjectIdentifier HKDF = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.3.31");

    /**
     * Reads the identifier.
     *
     * @param authenticated whether it stands in AuthEnvelopedData, where only authenticated ciphers may be, and
     *     nowhere else: taking one for the other opens both to attacks (RFC 9709 section 1)
     */
    static ContentAlgorithm of(AlgorithmIdentifier algorithm, boolean authenticated) throws Malformed {
        try {
            boolean derived = algorithm.getAlgorithm().equals(HKDF);
            AlgorithmIdentifier own = derived ? AlgorithmIdentifier.getInstance(algorithm.getParameters()) : algorithm;
            ContentCipher cipher =
                    ContentCipher.of(own.getAlgorithm()).orElseThrow(() -> new Malformed(Finding.CIPHER_UNSUPPORTED));
            if (cipher.mode().authenticated() != authenticated) {
                throw new Malformed(Finding.CIPHER_MISPLACED);
            }
            KeyForContent key = derived ? KeyForContent.hkdf(own.getEncoded(ASN1Encoding.DER)) : KeyForContent.ITSELF;
            return of(cipher, own.getParameters(), key);
        } catch (Malformed malformed) {
            throw malformed;
        } catch (IOException | RuntimeException malformed) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED, malformed);
        }
    }

    private static ContentAlgorithm of(ContentCipher cipher, ASN1Encodable parameters, KeyForContent key)
            throws Malformed {
        return switch (cipher.mode()) {
            case CBC ->
                switch (cipher.cipher()) {
                    case ContentCipher.RC2 -> rc2(cipher, parameters, key);
                    case ContentCipher.CAST5 -> cast5(cipher, parameters, key);
                    default ->
                        cbc(cipher, ASN1OctetString.getInstance(parameters).getOctets(), key);
                };
            case GCM -> aead(cipher, parameters, 1, MAX_NONCE, DEFAULT_TAG, key);
            case CCM -> aead(cipher, parameters, MIN_CCM_NONCE, MAX_CCM_NONCE, MIN_CCM_TAG, key);
            case CHACHA20_POLY1305 -> chaCha20(cipher, parameters, key);
        };
    }

    private static ContentAlgorithm cbc(ContentCipher cipher, byte[] vector, KeyForContent key) throws Malformed {
        require(vector.length == cipher.blockBytes());
        return new ContentAlgorithm(
                cipher, cipher.name(), cipher.strength(), vector, new IvParameterSpec(vector), 0, key);
    }

    /** GCMParameters and CCMParameters are alike (RFC 5084 section 3): nonce and tag length. */
    private static ContentAlgorithm aead(
            ContentCipher cipher, ASN1Encodable parameters, int minNonce, int maxNonce, int minTag, KeyForContent key)
            throws Malformed {
        ASN1Sequence given = ASN1Sequence.getInstance(parameters);
        require(given.size() == 1 || given.size() == 2);
        byte[] nonce = ASN1OctetString.getInstance(given.getObjectAt(0)).getOctets();
        int tag = given.size() == 1
                ? DEFAULT_TAG
                : ASN1Integer.getInstance(given.getObjectAt(1)).intValueExact();
        require(nonce.length >= minNonce && nonce.length <= maxNonce && tag <= MAX_TAG);
        require(cipher.mode() == ContentCipher.Mode.GCM || tag % 2 == 0);
        if (tag < minTag) {
            throw new Malformed(Finding.TAG_TOO_SHORT);
        }
        Strength strength = tag < DEFAULT_TAG ? Strength.UNAUTHENTICATED : cipher.strength();
        return new ContentAlgorithm(cipher, cipher.name(), strength, nonce, new IvParameterSpec(nonce), tag, key);
    }

    /** RFC 8103 section 3: the parameter is the nonce, the tag is whole. */
    private static ContentAlgorithm chaCha20(ContentCipher cipher, ASN1Encodable parameters, KeyForContent key)
            throws Malformed {
        byte[] nonce = ASN1OctetString.getInstance(parameters).getOctets();
        require(nonce.length == CHACHA20_NONCE);
        return new ContentAlgorithm(
                cipher, cipher.name(), cipher.strength(), nonce, new IvParameterSpec(nonce), MAX_TAG, key);
    }

    /** RFC 2984 section 3.1: the vector, and the key length in bits. */
    private static ContentAlgorithm cast5(ContentCipher cipher, ASN1Encodable parameters, KeyForContent key)
            throws Malformed {
        ASN1Sequence given = ASN1Sequence.getInstance(parameters);
        require(given.size() == 2);
        int bits = ASN1Integer.getInstance(given.getObjectAt(1)).intValueExact();
        require(bits >= cipher.minKey() * 8 && bits <= cipher.maxKey() * 8 && bits % 8 == 0);
        ContentCipher sized = new ContentCipher(
                cipher.name(), cipher.mode(), cipher.cipher(), bits / 8, bits / 8, cipher.blockBytes(), Strength.WEAK);
        return cbc(sized, ASN1OctetString.getInstance(given.getObjectAt(0)).getOctets(), key);
    }

    /** RFC 3370 section 5.2: the version stands for the effective key bits by a table up to 255, and then directly. */
    private static ContentAlgorithm rc2(ContentCipher cipher, ASN1Encodable parameters, KeyForContent key)
            throws Malformed {
        RC2CBCParameter given = RC2CBCParameter.getInstance(parameters);
        BigInteger version = given.getRC2ParameterVersion();
        int bits = switch (version.intValueExact()) {
            case 160 -> 40;
            case 120 -> 64;
            case 58 -> 128;
            default -> version.intValueExact();
        };
        byte[] vector = given.getIV();
        require((bits == 40 || bits == 64 || bits >= 128 && bits <= 1024) && vector.length == cipher.blockBytes());
        return new ContentAlgorithm(
                cipher, "RC2-" + bits + "-CBC", cipher.strength(), vector, new RC2ParameterSpec(bits, vector), 0, key);
    }

    private static void require(boolean sound) throws Malformed {
        if (!sound) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED);
        }
    }

    boolean authenticated() {
        return cipher.mode().authenticated();
    }

    boolean takesKeyOf(int bytes) {
        return bytes >= cipher.minKey() && bytes <= cipher.maxKey();
    }

    /** The length of a key that stands in for one that could not be had. */
    int substituteKeyBytes() {
        return Math.min(cipher.maxKey(), Math.max(cipher.minKey(), 16));
    }
}
