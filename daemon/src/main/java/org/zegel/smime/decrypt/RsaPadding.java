package org.zegel.smime.decrypt;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.zegel.model.Failure;
import org.zegel.smime.verify.DigestAlgorithms;
import org.zegel.store.RsaDecryption;

/** How a content key was padded for RSA: read from the message, so known before any key is used. */
sealed interface RsaPadding {
    byte[] decrypt(RsaDecryption rsa, byte[] encryptedKey) throws Failure;

    /** RSAES-PKCS1-v1_5 (RFC 8017 section 7.2). */
    record Pkcs1() implements RsaPadding {
        @Override
        public byte[] decrypt(RsaDecryption rsa, byte[] encryptedKey) throws Failure {
            return rsa.pkcs1(encryptedKey);
        }
    }

    /** RSAES-OAEP (RFC 4055 section 4.1): SHA-1 and no label where nothing else is said. */
    record Oaep(String digest, String maskDigest, byte[] label) implements RsaPadding {
        @Override
        public byte[] decrypt(RsaDecryption rsa, byte[] encryptedKey) throws Failure {
            return rsa.oaep(encryptedKey, digest, maskDigest, label);
        }
    }

    /** Empty for algorithms and parameters that are not known. */
    static Optional<RsaPadding> of(AlgorithmIdentifier algorithm) {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return Optional.of(new Pkcs1());
        }
        return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)
                ? oaep(algorithm)
                : Optional.empty();
    }

    private static Optional<RsaPadding> oaep(AlgorithmIdentifier algorithm) {
        RSAESOAEPparams given = RSAESOAEPparams.getInstance(algorithm.getParameters());
        if (given == null) {
            given = new RSAESOAEPparams();
        }
        boolean known = given.getMaskGenAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && given.getPSourceAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_pSpecified);
        if (!known) {
            return Optional.empty();
        }
        AlgorithmIdentifier mask =
                AlgorithmIdentifier.getInstance(given.getMaskGenAlgorithm().getParameters());
        byte[] label = ASN1OctetString.getInstance(given.getPSourceAlgorithm().getParameters())
                .getOctets();
        Optional<String> maskDigest = DigestAlgorithms.name(mask.getAlgorithm());
        return DigestAlgorithms.name(given.getHashAlgorithm().getAlgorithm())
                .flatMap(digest -> maskDigest.map(name -> new Oaep(digest, name, label)));
    }
}
