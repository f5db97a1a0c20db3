package org.zegel.trust;

import org.zegel.trust.network.NetworkPolicy;
import org.zegel.trust.revocation.RevocationPolicy;

/**
 * What an organisation or a person decided about trust.
 *
 * @param algorithms what counts as strong
 * @param revocation how revocation is looked up, and what an unknown state means
 * @param certificatePolicies which certificate policies a path must have
 * @param network what may be fetched, and from where
 */
public record TrustPolicy(
        AlgorithmPolicy algorithms,
        RevocationPolicy revocation,
        CertificatePolicyRules certificatePolicies,
        NetworkPolicy network) {
    public static final TrustPolicy STRICT = new TrustPolicy(
            AlgorithmPolicy.DEFAULT, RevocationPolicy.HARD, CertificatePolicyRules.ANY, NetworkPolicy.DEFAULT);

    /** The same with another rule for revocation. */
    public TrustPolicy with(RevocationPolicy other) {
        return new TrustPolicy(algorithms, other, certificatePolicies, network);
    }

    /** The same with another idea of strong algorithms. */
    public TrustPolicy with(AlgorithmPolicy other) {
        return new TrustPolicy(other, revocation, certificatePolicies, network);
    }

    /** The same with other certificate policies required. */
    public TrustPolicy with(CertificatePolicyRules other) {
        return new TrustPolicy(algorithms, revocation, other, network);
    }

    /** The same with other rules for the network. */
    public TrustPolicy with(NetworkPolicy other) {
        return new TrustPolicy(algorithms, revocation, certificatePolicies, other);
    }
}
