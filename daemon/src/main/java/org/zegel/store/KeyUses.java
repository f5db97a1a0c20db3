package org.zegel.store;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.zegel.model.Identity.KeyUse;

/**
 * What the private key of a certificate can be used for, by its algorithm and key usage (RFC 5280 section 4.2.1.3, RFC
 * 8551 section 4.4.2).
 *
 * <p>Signing is judged strictly. Decryption is not: mail exists that was encrypted to certificates with the wrong bit
 * of the encryption bits, and it has to stay readable.
 */
public final class KeyUses {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;
    private static final int KEY_AGREEMENT = 4;

    private KeyUses() {}

    /** The uses of the certificate's key; all that its algorithm can do where there is no key usage extension. */
    public static Set<KeyUse> of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        PublicKey key = certificate.getPublicKey();
        String algorithm = key.getAlgorithm().toUpperCase(Locale.ROOT);
        boolean signs = has(usage, DIGITAL_SIGNATURE, NON_REPUDIATION);
        boolean enciphers = has(usage, KEY_ENCIPHERMENT, DATA_ENCIPHERMENT, KEY_AGREEMENT);
        Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
        switch (algorithm) {
            case "RSA" -> add(uses, signs, enciphers, KeyUse.DECRYPT);
            case "EC", "ECDSA", "ECDH" -> add(uses, signs, enciphers, KeyUse.AGREE);
            case "XDH", "X25519", "X448" -> add(uses, false, enciphers, KeyUse.AGREE);
            case "RSASSA-PSS" -> add(uses, signs, false, KeyUse.DECRYPT);
            case "EDDSA", "ED25519" -> add(uses, signs && isEd25519(key), false, KeyUse.AGREE);
            default -> uses.clear();
        }
        return uses;
    }

    private static void add(Set<KeyUse> uses, boolean signs, boolean enciphers, KeyUse enciphering) {
        if (signs) {
            uses.add(KeyUse.SIGN);
        }
        if (enciphers) {
            uses.add(enciphering);
        }
    }

    private static boolean isEd25519(PublicKey key) {
        return !(key instanceof EdECPublicKey edwards)
                || edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }

    private static boolean has(boolean[] usage, int... bits) {
        if (usage == null) {
            return true;
        }
        for (int bit : bits) {
            if (bit < usage.length && usage[bit]) {
                return true;
            }
        }
        return false;
    }
}
