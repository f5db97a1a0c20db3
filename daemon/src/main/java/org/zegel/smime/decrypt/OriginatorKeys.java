package org.zegel.smime.decrypt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.zegel.smime.cms.BouncyCastle;

/** Decodes an originator's ephemeral public key. It must lie on the recipient's own curve; its own parameters are not
 * believed. */
final class OriginatorKeys {
    private OriginatorKeys() {}

    static PublicKey decode(byte[] encoded, PublicKey recipient) throws CannotDecrypt {
        try {
            return recipient.getAlgorithm().startsWith("EC")
                    ? point(encoded, curve(recipient))
                    : montgomery(encoded, recipient);
        } catch (GeneralSecurityException | IOException | RuntimeException malformed) {
            throw new CannotDecrypt();
        }
    }

    /** The JDK does not read keys of curves that it does not know, such as Brainpool's. */
    private static ECPublicKey curve(PublicKey recipient) throws GeneralSecurityException {
        return recipient instanceof ECPublicKey curve
                ? curve
                : (ECPublicKey) KeyFactory.getInstance("EC", BouncyCastle.PROVIDER)
                        .generatePublic(new X509EncodedKeySpec(recipient.getEncoded()));
    }

    private static PublicKey point(byte[] encoded, ECPublicKey recipient) throws GeneralSecurityException {
        org.bouncycastle.math.ec.ECPoint point = EC5Util.convertCurve(
                        recipient.getParams().getCurve())
                .decodePoint(encoded)
                .normalize();
        if (point.isInfinity() || !point.isValid()) {
            throw new GeneralSecurityException("not a point of the curve");
        }
        ECPoint affine = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        ECPublicKeySpec key = new ECPublicKeySpec(affine, recipient.getParams());
        try {
            return KeyFactory.getInstance("EC").generatePublic(key);
        } catch (GeneralSecurityException unknownCurve) {
            return KeyFactory.getInstance("EC", BouncyCastle.PROVIDER).generatePublic(key);
        }
    }

    private static PublicKey montgomery(byte[] encoded, PublicKey recipient)
            throws GeneralSecurityException, IOException {
        SubjectPublicKeyInfo own = SubjectPublicKeyInfo.getInstance(recipient.getEncoded());
        byte[] info = new SubjectPublicKeyInfo(own.getAlgorithm(), encoded).getEncoded();
        return KeyFactory.getInstance("XDH").generatePublic(new X509EncodedKeySpec(info));
    }
}
