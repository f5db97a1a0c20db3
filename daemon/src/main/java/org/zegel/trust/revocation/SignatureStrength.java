package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** What signatures on revocation data are still relied on. */
public interface SignatureStrength {
    boolean acceptable(AlgorithmIdentifier signature);

    /** For signers that are not of the path, which is judged elsewhere. */
    boolean acceptable(X509Certificate signer);
}
