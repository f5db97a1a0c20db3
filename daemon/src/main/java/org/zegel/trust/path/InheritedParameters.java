package org.zegel.trust.path;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DSA keys that have the parameters of the CA above (RFC 5280 section 6.1.4 f): signatures from the anchor down. */
final class InheritedParameters {
    private InheritedParameters() {}

    static boolean signaturesHold(CandidatePath path) {
        List<X509Certificate> certificates = path.certificates();
        @Nullable DSAParams working = null;
        for (int i = certificates.size() - 1; i > 0; i--) {
            PublicKey key = certificates.get(i).getPublicKey();
            if (key instanceof DSAPublicKey dsa) {
                working = dsa.getParams() == null ? working : dsa.getParams();
                if (working == null) {
                    return false;
                }
                key = dsa.getParams() == null ? with(working, dsa) : key;
            } else {
                working = null;
            }
            if (key == null || !CertificateSignatures.signedBy(certificates.get(i - 1), key)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable PublicKey with(DSAParams parameters, DSAPublicKey key) {
        try {
            return KeyFactory.getInstance("DSA")
                    .generatePublic(
                            new DSAPublicKeySpec(key.getY(), parameters.getP(), parameters.getQ(), parameters.getG()));
        } catch (GeneralSecurityException unfit) {
            return null;
        }
    }
}
