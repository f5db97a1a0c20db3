package org.zegel.trust.revocation;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.network.FetchRequest;
import org.zegel.trust.network.FetchResult;

/**
 * Asks the OCSP responders that a certificate names, with a nonce (RFC 9654); what is to be believed is kept. A responder
 * that gives no answer to that is asked again in the plainest way: by GET, without a nonce.
 */
final class OcspFetch {
    /** Most responders of one certificate that are asked. */
    static final int MAX_RESPONDERS = 2;
    /** How long an answer is kept at most. */
    static final Duration MAX_KEPT = Duration.ofHours(12);
    /** How long an answer is kept that names no next update. */
    static final Duration KEPT_WITHOUT_NEXT = Duration.ofMinutes(5);

    private final PathEvaluation evaluation;
    private final X509Certificate certificate;
    private final CertID id;
    private final OcspCheck check;
    private final Set<Finding> failures = new LinkedHashSet<>();

    OcspFetch(PathEvaluation evaluation, X509Certificate certificate, X509Certificate issuer, OcspCheck check) {
        this.evaluation = evaluation;
        this.certificate = certificate;
        this.id = OcspIds.of(certificate, issuer);
        this.check = check;
    }

    CertificateStatus check() {
        for (String url : responders(certificate)) {
            Optional<URI> uri = FetchRequest.parse(url);
            if (uri.isEmpty()) {
                failures.add(Finding.REVOCATION_SOURCE_REFUSED);
                continue;
            }
            CertificateStatus status = ask(uri.get());
            if (status.settled()) {
                return status;
            }
            failures.addAll(status.findings());
        }
        boolean asked = !failures.isEmpty() && evaluation.tools().fetches().online();
        return new CertificateStatus(asked ? Revocation.UNKNOWN : Revocation.NOT_CHECKED, failures);
    }

    private CertificateStatus ask(URI uri) {
        byte[] nonce =
                evaluation.tools().fetches().nonce(uri + " " + HexFormat.of().formatHex(OcspIds.digest(id)));
        CertificateStatus first = ask(FetchRequest.post(uri, request(nonce), OcspIds.digest(id)), nonce);
        boolean retry = first.findings().contains(Finding.OCSP_REFUSED)
                || first.findings().contains(Finding.OCSP_MALFORMED)
                || first.findings().contains(Finding.REVOCATION_UNREACHABLE);
        if (first.settled() || !retry || evaluation.tools().policy().requireNonce()) {
            return first;
        }
        CertificateStatus second = FetchRequest.ocspGet(uri, request(null), OcspIds.digest(id))
                .map(request -> ask(request, null))
                .orElse(first);
        return second.settled() ? second : first;
    }

    private CertificateStatus ask(FetchRequest request, byte @Nullable [] nonce) {
        return switch (evaluation.tools().fetches().fetch(request)) {
            case FetchResult.Fetched got -> {
                CertificateStatus status = check.check(got.bytes(), got.cached() ? null : nonce);
                if (status.settled() && !got.cached()) {
                    evaluation.tools().fetches().keep(request, got.bytes(), until(got.bytes()));
                }
                yield status;
            }
            case FetchResult.Failed failed ->
                FetchFailures.finding(failed.why())
                        .map(CertificateStatus::unknown)
                        .orElse(CertificateStatus.NOT_CHECKED);
        };
    }

    private Instant until(byte[] answer) {
        Instant now = evaluation.question().now();
        Instant latest = now.plus(MAX_KEPT);
        return check.nextUpdate(answer)
                .map(next -> next.isAfter(latest) ? latest : next)
                .orElse(now.plus(KEPT_WITHOUT_NEXT));
    }

    private byte[] request(byte @Nullable [] nonce) {
        try {
            @Nullable
            Extensions extensions = nonce == null
                    ? null
                    : new Extensions(new Extension(
                            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                            false,
                            new DEROctetString(nonce).getEncoded(ASN1Encoding.DER)));
            TBSRequest request = new TBSRequest(null, new DERSequence(new Request(id, null)), extensions);
            return new OCSPRequest(request, null).getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> responders(X509Certificate certificate) {
        byte @Nullable [] value = DistributionPoints.extension(certificate, Extension.authorityInfoAccess.getId());
        try {
            return value == null
                    ? List.of()
                    : Arrays.stream(AuthorityInformationAccess.getInstance(value)
                                    .getAccessDescriptions())
                            .filter(access -> access.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
                            .map(AccessDescription::getAccessLocation)
                            .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                            .map(name -> name.getName().toString())
                            .limit(MAX_RESPONDERS)
                            .toList();
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }
}
