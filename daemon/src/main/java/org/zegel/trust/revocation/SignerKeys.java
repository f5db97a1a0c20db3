package org.zegel.trust.revocation;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.util.List;

/** Keys to verify with; a DSA key without parameters has those of the CA above (RFC 5280 section 6.1.4 (f)). */
final class SignerKeys {
    private SignerKeys() {}

    /** @param path that the signer may be part of, the anchor last */
    static PublicKey of(X509Certificate signer, List<X509Certificate> path) {
        PublicKey key = signer.getPublicKey();
        int index = path.indexOf(signer);
        if (index < 0 || !(key instanceof DSAPublicKey bare) || bare.getParams() != null) {
            return key;
        }
        for (X509Certificate above : path.subList(index + 1, path.size())) {
            if (!(above.getPublicKey() instanceof DSAPublicKey whole)) {
                return key;
            }
            if (whole.getParams() != null) {
                return with(bare, whole);
            }
        }
        return key;
    }

    private static PublicKey with(DSAPublicKey bare, DSAPublicKey whole) {
        try {
            return KeyFactory.getInstance("DSA")
                    .generatePublic(new DSAPublicKeySpec(
                            bare.getY(),
                            whole.getParams().getP(),
                            whole.getParams().getQ(),
                            whole.getParams().getG()));
        } catch (GeneralSecurityException unfit) {
            return bare;
        }
    }
}
