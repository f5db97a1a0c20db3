package org.zegel.model;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SignerInfo as it was read (RFC 5652 section 5.3).
 *
 * @param certificate the signer's, null when neither message nor stores hold it
 * @param fitting every certificate whose key fits the signature, in an order that says nothing; trust chooses. Where
 *     none fits, those that the signer may have meant
 * @param certificates all certificates of the SignedData, in order
 * @param crls all CRLs of the SignedData
 * @param ocspResponses all OCSP responses of the SignedData (RFC 5940), DER
 * @param digestAlgorithm JCA name, for instance {@code SHA-256}
 * @param signatureAlgorithm JCA-like name, for instance {@code SHA256withRSA}, {@code RSASSA-PSS}, {@code Ed25519}
 * @param signatureWeak the digest or signature algorithm is one no longer trusted (MD5, SHA-1, ...)
 * @param claimedTime the signer's own signing-time attribute; proves nothing
 * @param timeStampTokens DER of the signature time-stamps (RFC 3161), not yet verified
 * @param signatureValue the signature bytes that a time-stamp covers
 * @param coversWhole the signature covers the whole body the person reads
 * @param capabilities SMIMECapabilities of the signed attributes
 * @param services what the signer says by RFC 2634; null for nothing
 * @param findings stable codes
 */
public record SignerFacts(
        Verdict.Integrity integrity,
        @Nullable X509Certificate certificate,
        List<X509Certificate> fitting,
        List<X509Certificate> certificates,
        List<X509CRL> crls,
        List<byte[]> ocspResponses,
        @Nullable String digestAlgorithm,
        @Nullable String signatureAlgorithm,
        boolean signatureWeak,
        @Nullable Instant claimedTime,
        List<byte[]> timeStampTokens,
        byte[] signatureValue,
        boolean coversWhole,
        List<String> capabilities,
        @Nullable SecurityServices services,
        List<Finding> findings) {
    /** The same with one finding more. */
    public SignerFacts with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new SignerFacts(
                integrity,
                certificate,
                fitting,
                certificates,
                crls,
                ocspResponses,
                digestAlgorithm,
                signatureAlgorithm,
                signatureWeak,
                claimedTime,
                timeStampTokens,
                signatureValue,
                coversWhole,
                capabilities,
                services,
                List.copyOf(more));
    }
}
