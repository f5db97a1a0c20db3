package org.zegel.trust.revocation;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/**
 * Who may answer for a CA (RFC 6960 section 4.2.2.2): the CA itself, or a responder whose certificate this CA issued with
 * id-kp-OCSPSigning. Such a certificate is believed when it says that it need not be checked (ocsp-nocheck, which the
 * CA/Browser Forum demands) or a CRL says that it is good; on a guess it is not, as plain HTTP lets anybody answer.
 */
final class OcspResponders {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String OCSP_NOCHECK = "1.3.6.1.5.5.7.48.1.5";
    private static final Set<String> UNDERSTOOD =
            Set.of("2.5.29.15", "2.5.29.19", "2.5.29.37", "2.5.29.17", "2.5.29.31", "2.5.29.32", OCSP_NOCHECK);

    private final PathEvaluation evaluation;
    private final X509Certificate issuer;
    private final PathEvaluation.Trail trail;

    OcspResponders(PathEvaluation evaluation, X509Certificate issuer, PathEvaluation.Trail trail) {
        this.evaluation = evaluation;
        this.issuer = issuer;
        this.trail = trail;
    }

    /** Why the answer is not to be believed; null when it is. */
    @Nullable
    Finding refusal(OcspAnswer answer) {
        if (!evaluation.tools().strength().acceptable(answer.algorithm())) {
            return Finding.OCSP_ALGORITHM_WEAK;
        }
        if (isNamed(answer.responder(), issuer) && signed(answer, issuer)) {
            return null;
        }
        Finding why = Finding.OCSP_SIGNATURE_INVALID;
        List<X509Certificate> candidates = Stream.concat(
                        answer.certificates().stream(), evaluation.question().others().stream())
                .filter(candidate -> isNamed(answer.responder(), candidate))
                .distinct()
                .limit(OcspAnswer.MAX_CERTIFICATES)
                .toList();
        for (X509Certificate candidate : candidates) {
            if (signed(answer, candidate)) {
                if (isDelegate(candidate, answer.producedAt())) {
                    return null;
                }
                why = Finding.OCSP_RESPONDER_UNAUTHORIZED;
            }
        }
        return why;
    }

    private boolean signed(OcspAnswer answer, X509Certificate responder) {
        try {
            return evaluation.mayVerify() && answer.signedBy(responder.getPublicKey());
        } catch (RuntimeException unreadableKey) {
            return false;
        }
    }

    private boolean isDelegate(X509Certificate responder, Instant producedAt) {
        @Nullable Set<String> critical = responder.getCriticalExtensionOIDs();
        return responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && hasPurpose(responder)
                && maySign(responder)
                && (critical == null || UNDERSTOOD.containsAll(critical))
                && !producedAt.isBefore(responder.getNotBefore().toInstant())
                && !producedAt.isAfter(responder.getNotAfter().toInstant())
                && evaluation.tools().strength().acceptable(responder)
                && issued(responder)
                && unrevoked(responder);
    }

    private boolean issued(X509Certificate responder) {
        try {
            Certificate structure = Certificate.getInstance(responder.getEncoded());
            return evaluation.tools().strength().acceptable(structure.getSignatureAlgorithm())
                    && Signatures.verify(
                            new Signatures.Slice(responder.getTBSCertificate()),
                            structure.getSignatureAlgorithm(),
                            responder.getSignature(),
                            issuer.getPublicKey());
        } catch (CertificateEncodingException | RuntimeException odd) {
            return false;
        }
    }

    private boolean unrevoked(X509Certificate responder) {
        if (responder.getExtensionValue(OCSP_NOCHECK) != null) {
            return true;
        }
        if (trail.isFull() || trail.visited().contains(responder)) {
            return false;
        }
        return evaluation.of(List.of(responder, issuer), 0, trail.withoutOcsp()).revocation() == Revocation.GOOD;
    }

    private static boolean isNamed(ResponderID name, X509Certificate certificate) {
        if (name.getName() != null) {
            X500Principal principal = Names.principal(name.getName());
            return principal.equals(certificate.getSubjectX500Principal());
        }
        return Arrays.equals(name.getKeyHash(), OcspIds.keyHash(certificate));
    }

    private static boolean hasPurpose(X509Certificate responder) {
        try {
            @Nullable List<String> purposes = responder.getExtendedKeyUsage();
            return purposes != null && purposes.contains(OCSP_SIGNING);
        } catch (CertificateParsingException odd) {
            return false;
        }
    }

    /** digitalSignature or nonRepudiation, where the key usage is limited at all. */
    private static boolean maySign(X509Certificate responder) {
        boolean @Nullable [] usage = responder.getKeyUsage();
        return usage == null || (usage.length > 0 && usage[0]) || (usage.length > 1 && usage[1]);
    }
}
