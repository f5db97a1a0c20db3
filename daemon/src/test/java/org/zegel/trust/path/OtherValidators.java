package org.zegel.trust.path;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The path builders of the JDK and of Bouncy Castle, to be compared with Zegel's. */
enum OtherValidators {
    JDK,
    BOUNCY_CASTLE;

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    /** Whether it finds a path that it accepts; with CRLs, one of which nothing is revoked. */
    boolean accepts(
            X509Certificate leaf,
            X509Certificate anchor,
            Collection<X509Certificate> others,
            Collection<X509CRL> crls,
            PolicyInputs policies) {
        try {
            Set<Object> store = new HashSet<>(others);
            store.add(leaf);
            store.addAll(crls);
            X509CertSelector selector = new X509CertSelector();
            selector.setCertificate(leaf);
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(Set.of(new TrustAnchor(own(anchor), null)), selector);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(read(store))));
            parameters.setRevocationEnabled(!crls.isEmpty());
            parameters.setDate(Date.from(PathFixture.NOW));
            parameters.setMaxPathLength(PathFinder.MAX_LENGTH);
            parameters.setInitialPolicies(policies.initial());
            parameters.setExplicitPolicyRequired(policies.explicit());
            parameters.setPolicyMappingInhibited(policies.inhibitMapping());
            parameters.setAnyPolicyInhibited(policies.inhibitAny());
            builder().build(parameters);
            return true;
        } catch (GeneralSecurityException | RuntimeException no) {
            return false;
        }
    }

    private CertPathBuilder builder() throws GeneralSecurityException {
        return switch (this) {
            case JDK -> CertPathBuilder.getInstance("PKIX", "SUN");
            case BOUNCY_CASTLE -> CertPathBuilder.getInstance("PKIX", PROVIDER);
        };
    }

    private List<Object> read(Collection<Object> all) throws GeneralSecurityException {
        List<Object> own = new ArrayList<>();
        for (Object each : all) {
            own.add(each instanceof X509Certificate certificate ? own(certificate) : each);
        }
        return own;
    }

    /** As its own factory reads it. */
    private X509Certificate own(X509Certificate certificate) throws GeneralSecurityException {
        CertificateFactory factory = switch (this) {
            case JDK -> CertificateFactory.getInstance("X.509");
            case BOUNCY_CASTLE -> CertificateFactory.getInstance("X.509", PROVIDER);
        };
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }
}
