package org.zegel.model;

import java.time.Instant;
import java.util.List;

/**
 * What a client is told about a certificate. Text from the certificate is data, control characters replaced.
 *
 * @param sha256 lower-case hexadecimal fingerprint of the DER
 * @param addresses e-mail addresses the certificate names (subjectAltName; emailAddress only without one)
 * @param keyUsage names of RFC 5280 section 4.2.1.3, empty when there is no extension
 * @param extendedKeyUsage OIDs
 */
public record CertificateSummary(
        String sha256,
        String subject,
        String issuer,
        String serial,
        Instant notBefore,
        Instant notAfter,
        List<String> addresses,
        String keyAlgorithm,
        int keyBits,
        String signatureAlgorithm,
        List<String> keyUsage,
        List<String> extendedKeyUsage) {}
