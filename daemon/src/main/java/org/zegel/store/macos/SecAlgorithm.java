package org.zegel.store.macos;

import org.jspecify.annotations.Nullable;
import org.zegel.model.SignatureScheme;

/** What a key can be asked to do: names of constants of Security.framework, and the number of the operation (SecKey.h). */
enum SecAlgorithm {
    PKCS1_SHA256("RSASignatureDigestPKCS1v15SHA256", Operation.SIGN),
    PKCS1_SHA384("RSASignatureDigestPKCS1v15SHA384", Operation.SIGN),
    PKCS1_SHA512("RSASignatureDigestPKCS1v15SHA512", Operation.SIGN),
    PSS_SHA256("RSASignatureDigestPSSSHA256", Operation.SIGN),
    PSS_SHA384("RSASignatureDigestPSSSHA384", Operation.SIGN),
    PSS_SHA512("RSASignatureDigestPSSSHA512", Operation.SIGN),
    ECDSA_SHA256("ECDSASignatureDigestX962SHA256", Operation.SIGN),
    ECDSA_SHA384("ECDSASignatureDigestX962SHA384", Operation.SIGN),
    ECDSA_SHA512("ECDSASignatureDigestX962SHA512", Operation.SIGN),
    DECRYPT_PKCS1("RSAEncryptionPKCS1", Operation.DECRYPT),
    DECRYPT_OAEP_SHA1("RSAEncryptionOAEPSHA1", Operation.DECRYPT),
    DECRYPT_OAEP_SHA256("RSAEncryptionOAEPSHA256", Operation.DECRYPT),
    DECRYPT_OAEP_SHA384("RSAEncryptionOAEPSHA384", Operation.DECRYPT),
    DECRYPT_OAEP_SHA512("RSAEncryptionOAEPSHA512", Operation.DECRYPT),
    AGREE("ECDHKeyExchangeStandard", Operation.EXCHANGE);

    /** SecKeyOperationType. */
    enum Operation {
        SIGN(0),
        DECRYPT(3),
        EXCHANGE(4);

        private final long number;

        Operation(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }
    }

    private final String name;
    private final Operation operation;

    SecAlgorithm(String name, Operation operation) {
        this.name = name;
        this.operation = operation;
    }

    /** The exported constant that holds the algorithm. */
    String symbol() {
        return "kSecKeyAlgorithm" + name;
    }

    Operation operation() {
        return operation;
    }

    /** Of a scheme that takes a digest; null for those that macOS has not. */
    static @Nullable SecAlgorithm of(SignatureScheme scheme) {
        return switch (scheme.kind()) {
            case RSA_PKCS1 ->
                switch (scheme.digest()) {
                    case SHA256 -> PKCS1_SHA256;
                    case SHA384 -> PKCS1_SHA384;
                    case SHA512 -> PKCS1_SHA512;
                };
            case RSA_PSS ->
                switch (scheme.digest()) {
                    case SHA256 -> PSS_SHA256;
                    case SHA384 -> PSS_SHA384;
                    case SHA512 -> PSS_SHA512;
                };
            case ECDSA ->
                switch (scheme.digest()) {
                    case SHA256 -> ECDSA_SHA256;
                    case SHA384 -> ECDSA_SHA384;
                    case SHA512 -> ECDSA_SHA512;
                };
            case ED25519 -> null;
        };
    }

    /** OAEP with this digest (a JCA name) for label and mask; null where macOS has it not. */
    static @Nullable SecAlgorithm oaep(String digest) {
        return switch (digest) {
            case "SHA-1" -> DECRYPT_OAEP_SHA1;
            case "SHA-256" -> DECRYPT_OAEP_SHA256;
            case "SHA-384" -> DECRYPT_OAEP_SHA384;
            case "SHA-512" -> DECRYPT_OAEP_SHA512;
            default -> null;
        };
    }
}
