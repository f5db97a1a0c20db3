package org.zegel.model;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SignerInfo as it was read (RFC 5652 section 5.3).
 *
 * @param certificate the signer's, null when neither message nor stores hold it
 * @param certificates all certificates of the SignedData, in order
 * @param crls all CRLs of the SignedData
 * @param digestAlgorithm JCA name, for instance {@code SHA-256}
 * @param signatureAlgorithm JCA-like name, for instance {@code SHA256withRSA}, {@code RSASSA-PSS}, {@code Ed25519}
 * @param signatureWeak the digest or signature algorithm is one no longer trusted (MD5, SHA-1, ...)
 * @param claimedTime the signer's own signing-time attribute; proves nothing
 * @param timeStampToken DER of a signature time-stamp attribute (RFC 3161), not yet verified
 * @param signatureValue the signature bytes that a time-stamp covers
 * @param coversWhole the signature covers the whole body the person reads
 * @param capabilities SMIMECapabilities of the signed attributes
 * @param findings stable codes
 */
public record SignerFacts(
        Verdict.Integrity integrity,
        @Nullable X509Certificate certificate,
        List<X509Certificate> certificates,
        List<X509CRL> crls,
        @Nullable String digestAlgorithm,
        @Nullable String signatureAlgorithm,
        boolean signatureWeak,
        @Nullable Instant claimedTime,
        byte @Nullable [] timeStampToken,
        byte[] signatureValue,
        boolean coversWhole,
        List<String> capabilities,
        List<Finding> findings) {}
