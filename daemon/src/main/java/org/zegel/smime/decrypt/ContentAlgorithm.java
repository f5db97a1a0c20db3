package org.zegel.smime.decrypt;

import static java.util.Map.entry;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.pkcs.RC2CBCParameter;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/**
 * A content-encryption algorithm with the parameters of one message.
 *
 * @param name usual name, for instance {@code AES-256-CBC}
 * @param minKey shortest key in bytes
 * @param maxKey longest key in bytes
 */
record ContentAlgorithm(
        String name,
        Strength strength,
        String cipher,
        int minKey,
        int maxKey,
        AlgorithmParameterSpec parameters,
        int tagBytes) {
    /** Longest GCM nonce that is taken, in bytes. RFC 5084 recommends 12. */
    static final int MAX_NONCE = 64;

    private static final int AES_BLOCK = 16;
    private static final int MIN_TAG = 12;
    private static final int MAX_TAG = 16;
    private static final String RC2 = "1.2.840.113549.3.2";

    /** Name, cipher and key bytes of one identifier. */
    private record Known(String name, String cipher, int key, Strength strength) {}

    private static final Map<String, Known> KNOWN = Map.ofEntries(
            entry("2.16.840.1.101.3.4.1.2", new Known("AES-128-CBC", "AES", 16, Strength.UNAUTHENTICATED)),
            entry("2.16.840.1.101.3.4.1.22", new Known("AES-192-CBC", "AES", 24, Strength.UNAUTHENTICATED)),
            entry("2.16.840.1.101.3.4.1.42", new Known("AES-256-CBC", "AES", 32, Strength.UNAUTHENTICATED)),
            entry("1.2.840.113549.3.7", new Known("3DES-CBC", "DESede", 24, Strength.UNAUTHENTICATED)),
            entry("1.3.14.3.2.7", new Known("DES-CBC", "DES", 8, Strength.WEAK)),
            entry("2.16.840.1.101.3.4.1.6", new Known("AES-128-GCM", "AES", 16, Strength.AUTHENTICATED)),
            entry("2.16.840.1.101.3.4.1.26", new Known("AES-192-GCM", "AES", 24, Strength.AUTHENTICATED)),
            entry("2.16.840.1.101.3.4.1.46", new Known("AES-256-GCM", "AES", 32, Strength.AUTHENTICATED)));

    /**
     * Reads the identifier.
     *
     * @param authenticated whether it stands in AuthEnvelopedData, where only authenticated ciphers may be, and
     *     nowhere else
     */
    static ContentAlgorithm of(AlgorithmIdentifier algorithm, boolean authenticated) throws Malformed {
        try {
            String id = algorithm.getAlgorithm().getId();
            if (id.equals(RC2) && !authenticated) {
                return rc2(algorithm.getParameters());
            }
            Known known = KNOWN.get(id);
            if (known == null || (known.strength() == Strength.AUTHENTICATED) != authenticated) {
                throw new Malformed(Finding.CIPHER_UNSUPPORTED);
            }
            return authenticated ? gcm(known, algorithm.getParameters()) : cbc(known, algorithm.getParameters());
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED, malformed);
        }
    }

    private static ContentAlgorithm cbc(Known known, ASN1Encodable parameters) throws Malformed {
        byte[] vector = ASN1OctetString.getInstance(parameters).getOctets();
        int block = known.cipher().equals("AES") ? AES_BLOCK : AES_BLOCK / 2;
        if (vector.length != block) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED);
        }
        return new ContentAlgorithm(
                known.name(),
                known.strength(),
                known.cipher(),
                known.key(),
                known.key(),
                new IvParameterSpec(vector),
                0);
    }

    private static ContentAlgorithm gcm(Known known, ASN1Encodable parameters) throws Malformed {
        GCMParameters given = GCMParameters.getInstance(parameters);
        int tag = given.getIcvLen();
        byte[] nonce = given.getNonce();
        if (tag < MIN_TAG || tag > MAX_TAG || nonce.length == 0 || nonce.length > MAX_NONCE) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED);
        }
        // The tag is always computed in full and compared to the length given.
        AlgorithmParameterSpec spec = new GCMParameterSpec(MAX_TAG * 8, nonce);
        return new ContentAlgorithm(
                known.name(), known.strength(), known.cipher(), known.key(), known.key(), spec, tag);
    }

    /** RFC 3370 section 5.2: the version stands for the effective key bits by a table up to 255, and then directly. */
    private static ContentAlgorithm rc2(ASN1Encodable parameters) throws Malformed {
        RC2CBCParameter given = RC2CBCParameter.getInstance(parameters);
        int version = given.getRC2ParameterVersion().intValueExact();
        int bits = switch (version) {
            case 160 -> 40;
            case 120 -> 64;
            case 58 -> 128;
            default -> version;
        };
        byte[] vector = given.getIV();
        if (bits != 40 && bits != 64 && (bits < 128 || bits > 1024) || vector.length != AES_BLOCK / 2) {
            throw new Malformed(Finding.CIPHER_PARAMETERS_MALFORMED);
        }
        return new ContentAlgorithm(
                "RC2-" + bits + "-CBC", Strength.WEAK, "RC2", 5, 128, new RC2ParameterSpec(bits, vector), 0);
    }

    boolean takesKeyOf(int bytes) {
        return bytes >= minKey && bytes <= maxKey;
    }

    int blockBytes() {
        return cipher.equals("AES") ? AES_BLOCK : AES_BLOCK / 2;
    }
}
