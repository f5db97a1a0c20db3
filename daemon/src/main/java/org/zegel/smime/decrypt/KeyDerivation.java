package org.zegel.smime.decrypt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Derives the key-encryption key from the shared secret.
 *
 * @param name digest of the X9.63 function (RFC 5753), or the JCA name of HKDF (RFC 8418)
 */
record KeyDerivation(String name) {
    // With a cofactor of 1, as all curves that S/MIME names have, cofactor and standard Diffie-Hellman are the same.
    private static final Map<ASN1ObjectIdentifier, String> SCHEMES = Map.ofEntries(
            Map.entry(X9ObjectIdentifiers.dhSinglePass_stdDH_sha1kdf_scheme, "SHA-1"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_stdDH_sha224kdf_scheme, "SHA-224"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, "SHA-256"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme, "SHA-384"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme, "SHA-512"),
            Map.entry(X9ObjectIdentifiers.dhSinglePass_cofactorDH_sha1kdf_scheme, "SHA-1"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_cofactorDH_sha224kdf_scheme, "SHA-224"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_cofactorDH_sha256kdf_scheme, "SHA-256"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_cofactorDH_sha384kdf_scheme, "SHA-384"),
            Map.entry(SECObjectIdentifiers.dhSinglePass_cofactorDH_sha512kdf_scheme, "SHA-512"),
            Map.entry(PKCSObjectIdentifiers.dhSinglePass_stdDH_hkdf_sha256_scheme, "HKDF-SHA256"),
            Map.entry(PKCSObjectIdentifiers.dhSinglePass_stdDH_hkdf_sha384_scheme, "HKDF-SHA384"),
            Map.entry(PKCSObjectIdentifiers.dhSinglePass_stdDH_hkdf_sha512_scheme, "HKDF-SHA512"));

    static Optional<KeyDerivation> of(ASN1ObjectIdentifier scheme) {
        return Optional.ofNullable(SCHEMES.get(scheme)).map(KeyDerivation::new);
    }

    byte[] derive(byte[] secret, byte[] sharedInfo, byte @Nullable [] salt, int length) throws CannotDecrypt {
        try {
            return name.startsWith("HKDF")
                    ? hkdf(secret, sharedInfo, salt, length)
                    : x963(MessageDigest.getInstance(name), secret, sharedInfo, length);
        } catch (GeneralSecurityException unusable) {
            throw new CannotDecrypt();
        }
    }

    private byte[] hkdf(byte[] secret, byte[] info, byte @Nullable [] salt, int length)
            throws GeneralSecurityException {
        HKDFParameterSpec.Builder builder = HKDFParameterSpec.ofExtract().addIKM(secret);
        if (salt != null) {
            builder.addSalt(salt);
        }
        return KDF.getInstance(name).deriveData(builder.thenExpand(info, length));
    }

    /** SEC 1 section 3.6.1. */
    private static byte[] x963(MessageDigest digest, byte[] secret, byte[] info, int length) {
        byte[] derived = new byte[length];
        int done = 0;
        for (int counter = 1; done < length; counter++) {
            digest.update(secret);
            digest.update(
                    new byte[] {(byte) (counter >>> 24), (byte) (counter >>> 16), (byte) (counter >>> 8), (byte) counter
                    });
            byte[] block = digest.digest(info);
            int count = Math.min(block.length, length - done);
            System.arraycopy(block, 0, derived, done, count);
            Arrays.fill(block, (byte) 0);
            done += count;
        }
        return derived;
    }
}
