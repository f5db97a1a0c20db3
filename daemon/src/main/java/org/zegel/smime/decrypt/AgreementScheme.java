package org.zegel.smime.decrypt;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * From the shared secret to the key that wraps the content key: derivation and key wrap, as the message names them.
 *
 * @param wrapAlgorithm as it stands in the message: it goes into the derivation
 * @param keyingMaterial of the originator (ukm), null when absent
 */
record AgreementScheme(
        KeyDerivation derivation, KeyWrap wrap, AlgorithmIdentifier wrapAlgorithm, byte @Nullable [] keyingMaterial) {
    /**
     * Reads the scheme, which has the key wrap algorithm as its parameters (RFC 5753 section 7.1.4). Empty when either
     * is not known.
     */
    static Optional<AgreementScheme> of(AlgorithmIdentifier algorithm, byte @Nullable [] keyingMaterial) {
        if (algorithm.getParameters() == null) {
            return Optional.empty();
        }
        AlgorithmIdentifier wrapAlgorithm = AlgorithmIdentifier.getInstance(algorithm.getParameters());
        return KeyDerivation.of(algorithm.getAlgorithm())
                .flatMap(derivation -> KeyWrap.of(wrapAlgorithm.getAlgorithm())
                        .map(wrap -> new AgreementScheme(derivation, wrap, wrapAlgorithm, keyingMaterial)));
    }

    byte[] wrappingKey(byte[] shared) throws CannotDecrypt {
        return derivation.derive(shared, sharedInfo(), keyingMaterial, wrap.keyBytes());
    }

    /** ECC-CMS-SharedInfo (RFC 5753 section 7.2). */
    private byte[] sharedInfo() throws CannotDecrypt {
        int bits = wrap.keyBytes() * 8;
        byte[] length = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return new ECCCMSSharedInfo(wrapAlgorithm, keyingMaterial, length).getEncoded(ASN1Encoding.DER);
        } catch (IOException malformed) {
            throw new CannotDecrypt();
        }
    }
}
