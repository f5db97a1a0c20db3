package org.zegel.model;

/** How a private key signs: the algorithm with its digest (Ed25519 brings its own). */
public record SignatureScheme(Kind kind, Digest digest) {
    /** The algorithm family. */
    public enum Kind {
        /** RSASSA-PKCS1-v1_5. */
        RSA_PKCS1,
        /** RSASSA-PSS, MGF1 with the same digest, salt as long as the digest. */
        RSA_PSS,
        /** ECDSA; the signature is the DER SEQUENCE of r and s. */
        ECDSA,
        /** Pure Ed25519 (RFC 8032, RFC 8419). */
        ED25519
    }
}
