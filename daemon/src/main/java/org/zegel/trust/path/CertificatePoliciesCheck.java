package org.zegel.trust.path;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** Certificate policies, their mappings and constraints: RFC 5280 section 6.1 with the graph of RFC 9618. */
public final class CertificatePoliciesCheck implements PathCheck {
    private static final String CERTIFICATE_POLICIES = "2.5.29.32";
    private static final String POLICY_MAPPINGS = "2.5.29.33";
    private static final String POLICY_CONSTRAINTS = "2.5.29.36";
    private static final String INHIBIT_ANY_POLICY = "2.5.29.54";

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        if (path.certificates().size() == 1) {
            return Optional.empty();
        }
        try {
            return new Walk(path.belowAnchor(), question.policies()).run();
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException odd) {
            return notAllowed(Finding.POLICIES_MALFORMED);
        }
    }

    private static Optional<Shortfall> notAllowed(Finding reason) {
        return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, reason));
    }

    /** The state variables of section 6.1.2, on their way from the anchor to the leaf. */
    private static final class Walk {
        private final List<X509Certificate> path;
        private final PolicyInputs inputs;
        private final PolicyGraph graph = new PolicyGraph();
        private int explicit;
        private int mapping;
        private int inhibitAny;

        Walk(List<X509Certificate> leafFirst, PolicyInputs inputs) {
            this.path = leafFirst;
            this.inputs = inputs;
            int unlimited = leafFirst.size() + 1;
            explicit = inputs.explicit() ? 0 : unlimited;
            mapping = inputs.inhibitMapping() ? 0 : unlimited;
            inhibitAny = inputs.inhibitAny() ? 0 : unlimited;
        }

        Optional<Shortfall> run() {
            for (int i = path.size() - 1; i >= 0; i--) {
                X509Certificate certificate = path.get(i);
                boolean selfIssued = CertificateSignatures.selfIssued(certificate);
                @Nullable Set<String> policies = policies(certificate);
                if (policies == null) {
                    graph.clear();
                } else {
                    graph.descend(policies, inhibitAny > 0 || (i > 0 && selfIssued));
                }
                if (explicit == 0 && graph.isEmpty()) {
                    return missing();
                }
                if (i > 0) {
                    prepare(certificate, selfIssued);
                }
            }
            return wrapUp();
        }

        /** Section 6.1.4, a and b, h to j. */
        private void prepare(X509Certificate certificate, boolean selfIssued) {
            graph.map(mappings(certificate), mapping > 0);
            if (!selfIssued) {
                explicit -= explicit > 0 ? 1 : 0;
                mapping -= mapping > 0 ? 1 : 0;
                inhibitAny -= inhibitAny > 0 ? 1 : 0;
            }
            @Nullable PolicyConstraints constraints = constraints(certificate);
            if (constraints != null) {
                explicit = least(explicit, constraints.getRequireExplicitPolicyMapping());
                mapping = least(mapping, constraints.getInhibitPolicyMapping());
            }
            byte @Nullable [] inhibit = value(certificate, INHIBIT_ANY_POLICY);
            inhibitAny = inhibit == null
                    ? inhibitAny
                    : least(inhibitAny, ASN1Integer.getInstance(inhibit).getValue());
        }

        /** Section 6.1.5, a, b and g. */
        private Optional<Shortfall> wrapUp() {
            explicit -= explicit > 0 ? 1 : 0;
            @Nullable PolicyConstraints constraints = constraints(path.getFirst());
            if (constraints != null && BigInteger.ZERO.equals(constraints.getRequireExplicitPolicyMapping())) {
                explicit = 0;
            }
            return explicit > 0 || graph.validFor(inputs.initial()) ? Optional.empty() : missing();
        }

        private Optional<Shortfall> missing() {
            return notAllowed(
                    inputs.explicit() || !inputs.initial().isEmpty()
                            ? Finding.CERTIFICATE_POLICY_NOT_ACCEPTED
                            : Finding.CERTIFICATE_POLICY_MISSING);
        }
    }

    private static int least(int counter, @Nullable BigInteger given) {
        if (given != null && given.signum() < 0) {
            throw new IllegalArgumentException("a negative number of certificates");
        }
        return given == null ? counter : given.min(BigInteger.valueOf(counter)).intValue();
    }

    /** Null where there is no extension. A policy appears once at most (section 4.2.1.4). */
    private static @Nullable Set<String> policies(X509Certificate certificate) {
        byte @Nullable [] value = value(certificate, CERTIFICATE_POLICIES);
        if (value == null) {
            return null;
        }
        PolicyInformation[] all = CertificatePolicies.getInstance(value).getPolicyInformation();
        Set<String> policies = new LinkedHashSet<>();
        for (PolicyInformation each : all) {
            if (!policies.add(each.getPolicyIdentifier().getId())) {
                throw new IllegalArgumentException("a policy appears twice");
            }
        }
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("no policy");
        }
        return policies;
    }

    private static Map<String, Set<String>> mappings(X509Certificate certificate) {
        byte @Nullable [] value = value(certificate, POLICY_MAPPINGS);
        Map<String, Set<String>> mappings = new HashMap<>();
        for (ASN1Encodable each : value == null
                ? new ASN1Encodable[0]
                : ASN1Sequence.getInstance(value).toArray()) {
            ASN1Sequence pair = ASN1Sequence.getInstance(each);
            String issuers =
                    ASN1ObjectIdentifier.getInstance(pair.getObjectAt(0)).getId();
            String subjects =
                    ASN1ObjectIdentifier.getInstance(pair.getObjectAt(1)).getId();
            if (issuers.equals(PolicyGraph.ANY) || subjects.equals(PolicyGraph.ANY)) {
                throw new IllegalArgumentException("anyPolicy is mapped (section 6.1.4 a)");
            }
            mappings.computeIfAbsent(issuers, _ -> new HashSet<>()).add(subjects);
        }
        return mappings;
    }

    private static @Nullable PolicyConstraints constraints(X509Certificate certificate) {
        byte @Nullable [] value = value(certificate, POLICY_CONSTRAINTS);
        return value == null ? null : PolicyConstraints.getInstance(value);
    }

    private static byte @Nullable [] value(X509Certificate certificate, String extension) {
        byte @Nullable [] wrapped = certificate.getExtensionValue(extension);
        return wrapped == null ? null : ASN1OctetString.getInstance(wrapped).getOctets();
    }
}
