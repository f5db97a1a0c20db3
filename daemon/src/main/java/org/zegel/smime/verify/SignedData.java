package org.zegel.smime.verify;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.zegel.model.Finding;

/**
 * SignedData as it was read (RFC 5652 section 5.1), its encapsulated content already passed on.
 *
 * @param digestNames JCA names of the listed digest algorithms that are known
 * @param encapsulated whether it holds its content
 * @param digests of the encapsulated content, or of none
 * @param ocspResponses DER of OCSPResponse (RFC 5940)
 * @param signerInfos as encoded
 * @param findings about the structure
 */
public record SignedData(
        List<String> digestNames,
        ASN1ObjectIdentifier contentType,
        boolean encapsulated,
        ContentDigests digests,
        List<X509Certificate> certificates,
        List<X509CRL> crls,
        List<byte[]> ocspResponses,
        List<byte[]> signerInfos,
        List<Finding> findings) {
    public SignedData {
        digestNames = List.copyOf(digestNames);
        certificates = List.copyOf(certificates);
        crls = List.copyOf(crls);
        ocspResponses = List.copyOf(ocspResponses);
        signerInfos = List.copyOf(signerInfos);
        findings = List.copyOf(findings);
    }
}
