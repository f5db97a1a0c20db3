package org.zegel.smime.decrypt;

import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.smime.verify.DigestAlgorithms;
import org.zegel.store.BoundKey;
import org.zegel.store.RsaDecryption;

/** RSA key transport (RFC 5652 section 6.2.1; RFC 3560 for OAEP). */
record KeyTransportRecipient(Identity identity, AlgorithmIdentifier algorithm, byte[] encryptedKey)
        implements Recipient {
    @Override
    public byte[] contentKey(BoundKey key, ContentAlgorithm cipher) throws Failure, CannotDecrypt {
        Optional<RsaDecryption> rsa = key.decryption();
        if (rsa.isEmpty()) {
            throw new CannotDecrypt();
        }
        // Whatever is wrong with the encrypted key, the work goes on with this one and ends like any wrong key does,
        // so that nobody learns from us what was wrong (RFC 3218 section 2.3).
        byte[] random = new byte[Math.min(cipher.maxKey(), Math.max(cipher.minKey(), 16))];
        new SecureRandom().nextBytes(random);
        try {
            byte[] unwrapped = unwrap(rsa.get());
            return cipher.takesKeyOf(unwrapped.length) ? unwrapped : random;
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.CANNOT_DECRYPT) {
                return random;
            }
            throw failure;
        }
    }

    private byte[] unwrap(RsaDecryption rsa) throws Failure, CannotDecrypt {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa.pkcs1(encryptedKey);
        }
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
            throw new CannotDecrypt();
        }
        Oaep oaep = oaep(algorithm);
        return rsa.oaep(encryptedKey, oaep.digest(), oaep.maskDigest(), oaep.label());
    }

    private record Oaep(String digest, String maskDigest, byte[] label) {}

    private static Oaep oaep(AlgorithmIdentifier algorithm) throws CannotDecrypt {
        try {
            RSAESOAEPparams given = algorithm.getParameters() == null
                    ? new RSAESOAEPparams()
                    : RSAESOAEPparams.getInstance(algorithm.getParameters());
            AlgorithmIdentifier mask =
                    AlgorithmIdentifier.getInstance(given.getMaskGenAlgorithm().getParameters());
            byte[] label = ASN1OctetString.getInstance(
                            given.getPSourceAlgorithm().getParameters())
                    .getOctets();
            String digest = DigestAlgorithms.name(given.getHashAlgorithm().getAlgorithm())
                    .orElse("");
            String maskDigest = DigestAlgorithms.name(mask.getAlgorithm()).orElse("");
            if (digest.isEmpty() || maskDigest.isEmpty()) {
                throw new CannotDecrypt();
            }
            return new Oaep(digest, maskDigest, label);
        } catch (RuntimeException malformed) {
            throw new CannotDecrypt();
        }
    }
}
