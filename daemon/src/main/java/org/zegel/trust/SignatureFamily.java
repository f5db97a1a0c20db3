package org.zegel.trust;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kinds of signature that a policy accepts or not, apart from the digest they are made over. */
public enum SignatureFamily {
    RSA("rsa"),
    RSA_PSS("rsa-pss"),
    ECDSA("ecdsa"),
    DSA("dsa"),
    EDDSA("eddsa"),
    ML_DSA("ml-dsa"),
    SLH_DSA("slh-dsa");

    private static final String PKCS1 = "1.2.840.113549.1.1.";
    private static final String PSS = PKCS1 + "10";
    private static final String NIST = "2.16.840.1.101.3.4.3.";
    private static final String SHAKE = "1.3.6.1.5.5.7.6.";
    private static final Set<String> PSS_SHAKE = Set.of(SHAKE + "30", SHAKE + "31");
    private static final Set<String> ECDSA_SHAKE = Set.of(SHAKE + "32", SHAKE + "33");
    private static final Set<String> OLD_RSA = Set.of("1.3.14.3.2.29", "1.3.14.3.2.15");
    private static final Set<String> OLD_DSA = Set.of("1.2.840.10040.4.3", "1.3.14.3.2.27");

    private final String word;

    SignatureFamily(String word) {
        this.word = word;
    }

    /** The name in configuration. */
    public String word() {
        return word;
    }

    /** Of a signature algorithm by its JCA-like name, such as {@code SHA256withRSA}; empty for one nobody here knows. */
    static Optional<SignatureFamily> ofName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.startsWith("SLH-DSA")) {
            return Optional.of(SLH_DSA);
        }
        if (upper.startsWith("ML-DSA")) {
            return Optional.of(ML_DSA);
        }
        if (upper.equals("ED25519") || upper.equals("ED448")) {
            return Optional.of(EDDSA);
        }
        if (upper.equals("RSASSA-PSS")) {
            return Optional.of(RSA_PSS);
        }
        int with = upper.indexOf("WITH");
        String scheme = with < 0 ? "" : upper.substring(with + "WITH".length());
        return switch (scheme) {
            case "RSA" -> Optional.of(RSA);
            case "RSAPSS", "RSAANDMGF1" -> Optional.of(RSA_PSS);
            case "ECDSA", "PLAIN-ECDSA", "CVC-ECDSA" -> Optional.of(ECDSA);
            case "DSA" -> Optional.of(DSA);
            default -> Optional.empty();
        };
    }

    /** Of a signature algorithm by its object identifier. */
    static Optional<SignatureFamily> ofIdentifier(String id) {
        if (id.equals(PSS) || PSS_SHAKE.contains(id)) {
            return Optional.of(RSA_PSS);
        }
        if (id.startsWith(PKCS1) || id.startsWith("1.3.36.3.3.1.") || OLD_RSA.contains(id)) {
            return Optional.of(RSA);
        }
        if (id.startsWith("1.2.840.10045.4.")
                || id.startsWith("0.4.0.127.0.7.1.1.4.1.")
                || id.startsWith("1.3.36.3.3.2.")
                || ECDSA_SHAKE.contains(id)) {
            return Optional.of(ECDSA);
        }
        if (OLD_DSA.contains(id)) {
            return Optional.of(DSA);
        }
        if (id.equals("1.3.101.112") || id.equals("1.3.101.113")) {
            return Optional.of(EDDSA);
        }
        return id.startsWith(NIST) ? ofNist(id.substring(NIST.length())) : Optional.empty();
    }

    /** NIST's arc of signature algorithms, by its last number. */
    private static Optional<SignatureFamily> ofNist(String last) {
        if (!last.matches("[0-9]{1,2}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(last);
        if (number >= 1 && number <= 8) {
            return Optional.of(DSA);
        }
        if (number >= 9 && number <= 12) {
            return Optional.of(ECDSA);
        }
        if (number >= 13 && number <= 16) {
            return Optional.of(RSA);
        }
        if (number >= 17 && number <= 19) {
            return Optional.of(ML_DSA);
        }
        return number >= 20 && number <= 31 ? Optional.of(SLH_DSA) : Optional.empty();
    }
}
