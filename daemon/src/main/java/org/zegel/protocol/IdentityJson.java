package org.zegel.protocol;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;

/**
 * What a client is told of an identity that was used: its id, its store, its certificate ({@code der}) and a summary of
 * that.
 */
record IdentityJson(String identity, String store, boolean retired, CertificateSummary certificate, byte[] der) {
    /** Whether values of this type have this form on the wire. */
    static boolean applies(Class<?> type) {
        return type == Identity.class;
    }

    static IdentityJson of(Identity identity) {
        try {
            return new IdentityJson(
                    identity.id().value(),
                    identity.store().value(),
                    identity.retired(),
                    CertificateSummaries.of(identity.certificate()),
                    identity.certificate().getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The identity as far as a client is told: without its chain and uses. */
    Identity toIdentity() {
        try {
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new Identity(new IdentityId(identity), new StoreId(store), read, List.of(), Set.of(), retired);
        } catch (CertificateException notOne) {
            throw new IllegalArgumentException("no certificate", notOne);
        }
    }
}
