package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/** What an OCSP answer says of one certificate (RFC 6960 section 3.2), if it is to be believed at all. */
final class OcspCheck {
    /** Most answers that a message carries and that are looked at. */
    static final int MAX_CARRIED = 16;

    private static final int GOOD = 0;
    private static final int REVOKED = 1;

    private final PathEvaluation evaluation;
    private final X509Certificate certificate;
    private final X509Certificate issuer;
    private final OcspResponders responders;

    OcspCheck(
            PathEvaluation evaluation,
            X509Certificate certificate,
            X509Certificate issuer,
            PathEvaluation.Trail trail) {
        this.evaluation = evaluation;
        this.certificate = certificate;
        this.issuer = issuer;
        this.responders = new OcspResponders(evaluation, issuer, trail);
    }

    /** @param nonce what was sent along; null when nothing was, or the answer is an old one */
    CertificateStatus check(byte[] der, byte @Nullable [] nonce) {
        try {
            OcspAnswer answer = OcspAnswer.read(der);
            Optional<SingleResponse> mine = mine(answer);
            if (mine.isEmpty()) {
                return CertificateStatus.unknown(Finding.OCSP_OTHER_CERTIFICATE);
            }
            @Nullable Finding refusal = responders.refusal(answer);
            if (refusal == null && nonce != null) {
                refusal = nonceRefusal(answer.nonce(), nonce);
            }
            if (refusal == null && !answer.understood(mine.get())) {
                refusal = Finding.OCSP_MALFORMED;
            }
            return refusal == null ? status(mine.get()) : CertificateStatus.unknown(refusal);
        } catch (OcspAnswer.RefusedException refused) {
            return CertificateStatus.unknown(Finding.OCSP_REFUSED);
        } catch (RuntimeException malformed) {
            return CertificateStatus.unknown(Finding.OCSP_MALFORMED);
        }
    }

    /** Up to when the answer may be kept; empty when it has no such moment. */
    Optional<Instant> nextUpdate(byte[] der) {
        try {
            return mine(OcspAnswer.read(der)).map(SingleResponse::getNextUpdate).map(OcspAnswer::instant);
        } catch (OcspAnswer.RefusedException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    /** Of several about the certificate the newest. */
    private Optional<SingleResponse> mine(OcspAnswer answer) {
        return answer.responses().stream()
                .filter(one -> OcspIds.names(one.getCertID(), certificate, issuer))
                .max(Comparator.comparing((SingleResponse one) -> OcspAnswer.instant(one.getThisUpdate())));
    }

    private @Nullable Finding nonceRefusal(byte @Nullable [] echoed, byte[] sent) {
        if (echoed == null) {
            return evaluation.tools().policy().requireNonce() ? Finding.OCSP_NONCE_MISSING : null;
        }
        return Arrays.equals(echoed, sent) ? null : Finding.OCSP_NONCE_MISMATCH;
    }

    private CertificateStatus status(SingleResponse response) {
        Instant thisUpdate = OcspAnswer.instant(response.getThisUpdate());
        @Nullable
        Instant nextUpdate = response.getNextUpdate() == null ? null : OcspAnswer.instant(response.getNextUpdate());
        CertStatus status = response.getCertStatus();
        boolean later = false;
        if (status.getTagNo() == REVOKED) {
            CrlEntry entry = entry(RevokedInfo.getInstance(status.getStatus()));
            if (entry.permanent() && inEffect(entry)) {
                return CertificateStatus.revoked();
            }
            if (entry.onHold() && inEffect(entry)) {
                return CertificateStatus.revoked(Finding.CERTIFICATE_ON_HOLD);
            }
            later = true;
        }
        TimeRules.Timeliness timeliness =
                evaluation.time().of(thisUpdate, nextUpdate, certificate, archiveCutoff(response));
        return switch (timeliness) {
            case NOT_YET_VALID -> CertificateStatus.unknown(Finding.OCSP_NOT_YET_VALID);
            case EXPIRED -> CertificateStatus.unknown(Finding.OCSP_EXPIRED);
            case TOO_LATE -> CertificateStatus.unknown(Finding.REVOCATION_AFTER_EXPIRY);
            case USABLE -> {
                if (later) {
                    yield new CertificateStatus(Revocation.GOOD, Set.of(Finding.REVOKED_LATER));
                }
                yield status.getTagNo() == GOOD
                        ? CertificateStatus.GOOD
                        : CertificateStatus.unknown(Finding.OCSP_UNKNOWN_CERTIFICATE);
            }
        };
    }

    private static CrlEntry entry(RevokedInfo info) {
        int reason = info.getRevocationReason() == null
                ? 0
                : info.getRevocationReason().getValue().intValue();
        return new CrlEntry(OcspAnswer.instant(info.getRevocationTime()), reason, null);
    }

    private boolean inEffect(CrlEntry entry) {
        return evaluation.time().inEffect(entry.revokedAt(), entry.invalidSince());
    }

    /** Since when the responder remembers certificates that have expired (RFC 6960 section 4.4.4). */
    private static @Nullable Instant archiveCutoff(SingleResponse response) {
        @Nullable Extensions extensions = response.getSingleExtensions();
        @Nullable
        Extension cutoff =
                extensions == null ? null : extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
        try {
            return cutoff == null
                    ? null
                    : ASN1GeneralizedTime.getInstance(cutoff.getExtnValue().getOctets())
                            .getDate()
                            .toInstant();
        } catch (ParseException | RuntimeException malformed) {
            return null;
        }
    }
}
