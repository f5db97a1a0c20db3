package org.zegel.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.Finding;

/**
 * What the CA/Browser Forum's S/MIME Baseline Requirements say about a certificate that claims to keep to them. Advice to
 * whoever issued it: it never changes a verdict.
 */
final class BaselineAdvice {
    /** From then on certificates had to keep to the requirements (section 1.2.1). */
    private static final Instant EFFECTIVE = Instant.parse("2023-09-01T00:00:00Z");
    /** From then on there are no new ones of the legacy generation (section 7.1.6.1). */
    private static final Instant NO_LEGACY = Instant.parse("2025-07-15T00:00:00Z");

    /** Longest validity (section 6.3.2), and a day of grace for how the ends are counted. */
    private static final Duration LONGEST = Duration.ofDays(825).plusDays(1);

    private static final Duration LONGEST_LEGACY = Duration.ofDays(1185).plusDays(1);

    private static final String RESERVED = "2.23.140.1.5.";
    private static final String CERTIFICATE_POLICIES = "2.5.29.32";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

    /** serverAuth, codeSigning, timeStamping, anyExtendedKeyUsage: in no e-mail certificate (section 7.1.2.3). */
    private static final Set<String> FORBIDDEN_USAGES =
            Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.8", "2.5.29.37.0");

    /** keyCertSign and cRLSign. */
    private static final int[] FORBIDDEN_BITS = {5, 6};

    private BaselineAdvice() {}

    /** Generations of profiles, by the last number of the policy's identifier. */
    private enum Generation {
        LEGACY,
        MULTIPURPOSE,
        STRICT
    }

    /** Nothing for certificates that do not claim to keep to the requirements. Never fails. */
    static List<Finding> of(X509Certificate certificate) {
        List<String> claimed = reserved(certificate);
        if (claimed.isEmpty() || certificate.getNotBefore().toInstant().isBefore(EFFECTIVE)) {
            return List.of();
        }
        Generation generation = generation(claimed.getFirst());
        List<Finding> advice = new ArrayList<>();
        if (claimed.size() > 1) {
            advice.add(Finding.BASELINE_SEVERAL_POLICIES);
        }
        if (generation == Generation.LEGACY
                && !certificate.getNotBefore().toInstant().isBefore(NO_LEGACY)) {
            advice.add(Finding.BASELINE_LEGACY);
        }
        Duration longest = generation == Generation.LEGACY ? LONGEST_LEGACY : LONGEST;
        if (lifetime(certificate).compareTo(longest) > 0) {
            advice.add(Finding.BASELINE_VALIDITY);
        }
        if (certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS) == null) {
            advice.add(Finding.BASELINE_NO_CRL);
        }
        if (!addressesFit(certificate)) {
            advice.add(Finding.BASELINE_ADDRESS);
        }
        if (!extendedKeyUsageFits(certificate, generation)) {
            advice.add(Finding.BASELINE_EXTENDED_KEY_USAGE);
        }
        if (!keyUsageFits(certificate, generation)) {
            advice.add(Finding.BASELINE_KEY_USAGE);
        }
        return advice;
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** The policies of the Forum's e-mail arc (section 7.1.6.1), in order. */
    private static List<String> reserved(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(CERTIFICATE_POLICIES);
        if (value == null) {
            return List.of();
        }
        try {
            CertificatePolicies policies = CertificatePolicies.getInstance(
                    ASN1OctetString.getInstance(value).getOctets());
            return Stream.of(policies.getPolicyInformation())
                    .map(PolicyInformation::getPolicyIdentifier)
                    .map(Object::toString)
                    .filter(id -> id.matches("2\\.23\\.140\\.1\\.5\\.[1-4]\\.[1-3]"))
                    .toList();
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }

    private static Generation generation(String policy) {
        return switch (policy.substring(RESERVED.length() + 2)) {
            case "1" -> Generation.LEGACY;
            case "2" -> Generation.MULTIPURPOSE;
            default -> Generation.STRICT;
        };
    }

    /** An address in subjectAltName, and every address of the subject there too (sections 7.1.2.3 and 7.1.4.2). */
    private static boolean addressesFit(X509Certificate certificate) {
        if (certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME) == null) {
            return false;
        }
        Set<String> named = new TreeSet<>();
        CertificateAddresses.of(certificate)
                .forEach(address -> named.add(address.toString().toLowerCase(Locale.ROOT)));
        try {
            X500Name subject =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            for (RDN mail : subject.getRDNs(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)) {
                String text = IETFUtils.valueToString(mail.getFirst().getValue());
                if (!named.contains(text.toLowerCase(Locale.ROOT))) {
                    return false;
                }
            }
            return !named.isEmpty();
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private static boolean extendedKeyUsageFits(X509Certificate certificate, Generation generation) {
        try {
            @Nullable List<String> usages = certificate.getExtendedKeyUsage();
            if (usages == null || !usages.contains(EMAIL_PROTECTION)) {
                return false;
            }
            return generation == Generation.STRICT
                    ? usages.size() == 1
                    : usages.stream().noneMatch(FORBIDDEN_USAGES::contains);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private static boolean keyUsageFits(X509Certificate certificate, Generation generation) {
        boolean @Nullable [] bits = certificate.getKeyUsage();
        if (bits == null) {
            return false;
        }
        for (int forbidden : FORBIDDEN_BITS) {
            if (forbidden < bits.length && bits[forbidden]) {
                return false;
            }
        }
        boolean dataEncipherment = bits.length > 3 && bits[3];
        return !(generation == Generation.STRICT && dataEncipherment);
    }
}
