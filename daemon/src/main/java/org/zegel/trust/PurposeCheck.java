package org.zegel.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.PathCheck;
import org.zegel.trust.path.PathQuestion;
import org.zegel.trust.path.Shortfall;

/**
 * The leaf's key usage and extended key usage fit what it is used for (RFC 8550 section 4.4), and a CA that restricts
 * its extended key usage does not exclude it.
 */
record PurposeCheck(CertificatePurpose purpose) implements PathCheck {
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String ANY = "2.5.29.37.0";

    /** Keys that can be encrypted to, by what providers call them; the others only sign. */
    private static final Set<String> ENCRYPTING = Set.of("RSA", "EC", "ECDH", "XDH", "X25519", "X448");

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        if (!keyUsageFits(path.leaf(), purpose)) {
            return notAllowed(Finding.KEY_USAGE);
        }
        if (!extendedUsageFits(path.leaf(), purpose)) {
            return notAllowed(Finding.EXTENDED_KEY_USAGE);
        }
        boolean issuersFit = path.intermediates().stream().allMatch(this::allowsBelow);
        return issuersFit ? Optional.empty() : notAllowed(Finding.ISSUER_EXTENDED_KEY_USAGE);
    }

    private static boolean keyUsageFits(X509Certificate leaf, CertificatePurpose purpose) {
        boolean encrypts = ENCRYPTING.contains(leaf.getPublicKey().getAlgorithm());
        if (purpose == CertificatePurpose.ENCRYPT_MAIL && !encrypts) {
            return false;
        }
        boolean @Nullable [] usage = leaf.getKeyUsage();
        if (usage == null) {
            return true;
        }
        return switch (purpose) {
            case SIGN_MAIL, SIGN_TIME_STAMP -> has(usage, DIGITAL_SIGNATURE) || has(usage, NON_REPUDIATION);
            case ENCRYPT_MAIL ->
                leaf.getPublicKey().getAlgorithm().equals("RSA")
                        ? has(usage, KEY_ENCIPHERMENT)
                        : has(usage, KEY_AGREEMENT);
        };
    }

    private static boolean extendedUsageFits(X509Certificate certificate, CertificatePurpose purpose) {
        try {
            @Nullable List<String> usages = certificate.getExtendedKeyUsage();
            return switch (purpose) {
                case SIGN_MAIL, ENCRYPT_MAIL ->
                    usages == null || usages.contains(EMAIL_PROTECTION) || usages.contains(ANY);
                case SIGN_TIME_STAMP -> usages != null && usages.contains(TIME_STAMPING);
            };
        } catch (CertificateParsingException odd) {
            return false;
        }
    }

    /** A CA without the extension restricts nothing. */
    private boolean allowsBelow(X509Certificate issuer) {
        return issuer.getExtensionValue(EXTENDED_KEY_USAGE) == null || extendedUsageFits(issuer, purpose);
    }

    private static boolean has(boolean[] usage, int bit) {
        return bit < usage.length && usage[bit];
    }

    private static Optional<Shortfall> notAllowed(Finding reason) {
        return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, reason));
    }
}
