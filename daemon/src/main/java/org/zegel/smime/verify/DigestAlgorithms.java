package org.zegel.smime.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.zegel.model.DigestNames;
import org.zegel.smime.cms.BouncyCastle;

/** Digests that signatures may use, by object identifier. */
public final class DigestAlgorithms {
    private static final Set<String> WEAK = Set.of("MD2", "MD4", "MD5", "SHA-1", "RIPEMD128", "RIPEMD160", "RIPEMD256");

    private DigestAlgorithms() {}

    /** JCA name of the digest; empty when Zegel does not know it. */
    public static Optional<String> name(ASN1ObjectIdentifier algorithm) {
        return DigestNames.of(algorithm.getId());
    }

    static boolean weak(String name) {
        return WEAK.contains(name);
    }

    static MessageDigest create(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException lacking) {
            return createWithBouncyCastle(name);
        }
    }

    private static MessageDigest createWithBouncyCastle(String name) {
        try {
            return MessageDigest.getInstance(name, BouncyCastle.PROVIDER);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
