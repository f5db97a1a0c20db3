package org.zegel.store.token;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.SignatureScheme;
import org.zegel.store.cryptoki.Hash;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Mechanism;
import org.zegel.store.cryptoki.ModuleFailure;

/** Signatures by a key on a token: digests, and encodings that the token lacks, are made here. */
final class TokenSignatures {
    private static final Mechanism PKCS1 = new Mechanism.RsaPkcs1();
    private static final Mechanism RAW = new Mechanism.RsaRaw();
    private static final Mechanism ECDSA = new Mechanism.Ecdsa();
    private static final Mechanism EDDSA = new Mechanism.Eddsa();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateOperations key;
    private final KeyType type;
    private final PublicNumbers numbers;
    private final boolean pssOnly;

    TokenSignatures(PrivateOperations key, KeyType type, PublicKey publicKey) {
        this.key = key;
        this.type = type;
        this.numbers = PublicNumbers.of(publicKey);
        this.pssOnly = publicKey.getAlgorithm().equalsIgnoreCase("RSASSA-PSS");
    }

    boolean supports(SignatureScheme scheme) {
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> isRsa() && !pssOnly && canPkcs1(scheme.digest());
            case RSA_PSS -> isRsa() && (key.has(pss(scheme.digest())) || key.has(RAW)) && longEnough(scheme.digest());
            case ECDSA -> type == KeyType.EC && numbers.ec().isPresent() && key.has(ECDSA);
            case ED25519 -> type == KeyType.EDWARDS && numbers.isEd25519() && key.has(EDDSA);
        };
    }

    byte[] sign(SignatureScheme scheme, byte[] message) throws ModuleFailure, Failure {
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> pkcs1(scheme.digest(), message);
            case RSA_PSS -> pss(scheme.digest(), message);
            case ECDSA -> ecdsa(scheme.digest(), message);
            case ED25519 -> key.sign(EDDSA, message);
        };
    }

    private boolean canPkcs1(Digest digest) {
        return key.has(PKCS1) || key.has(digesting(digest)) || key.has(RAW);
    }

    private boolean isRsa() {
        return type == KeyType.RSA && numbers.rsa().isPresent();
    }

    private byte[] pkcs1(Digest digest, byte[] message) throws ModuleFailure, Failure {
        byte[] info = Digests.info(digest, message);
        if (key.has(PKCS1)) {
            return key.sign(PKCS1, info);
        }
        if (key.has(digesting(digest))) {
            return key.sign(digesting(digest), message);
        }
        return key.sign(RAW, RsaBlocks.pad(info, numbers.modulusBytes()));
    }

    private byte[] pss(Digest digest, byte[] message) throws ModuleFailure, Failure {
        Mechanism own = pss(digest);
        if (key.has(own)) {
            try {
                return key.sign(own, Digests.digest(digest, message));
            } catch (ModuleFailure failed) {
                if (!RsaBlocks.mayDoOtherwise(failed) || !key.has(RAW)) {
                    throw failed;
                }
            }
        }
        return key.sign(RAW, encoded(digest, message));
    }

    /** EMSA-PSS (RFC 8017 section 9.1), as long as the modulus. */
    private byte[] encoded(Digest digest, byte[] message) {
        RSAKeyParameters modulus = numbers.rsa().orElseThrow();
        PSSSigner signer = new PSSSigner(new Unchanged(), of(digest), of(digest), Digests.length(digest));
        signer.init(true, new ParametersWithRandom(modulus, RANDOM));
        signer.update(message, 0, message.length);
        try {
            return RsaBlocks.leftPad(signer.generateSignature(), numbers.modulusBytes());
        } catch (CryptoException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] ecdsa(Digest digest, byte[] message) throws ModuleFailure, Failure {
        ECPublicKeyParameters curve = numbers.ec().orElseThrow();
        BigInteger order = curve.getParameters().getN();
        byte[] hash = Digests.digest(digest, message);
        // FIPS 186-5 section 6.4.1: the leftmost bits; tokens differ in what they do with more.
        int longest = (order.bitLength() + 7) / 8;
        byte[] pair = key.sign(ECDSA, hash.length > longest ? Arrays.copyOf(hash, longest) : hash);
        try {
            BigInteger r = new BigInteger(1, pair, 0, pair.length / 2);
            BigInteger s = new BigInteger(1, pair, pair.length / 2, pair.length - pair.length / 2);
            return StandardDSAEncoding.INSTANCE.encode(order, r, s);
        } catch (IllegalArgumentException | java.io.IOException nonsense) {
            throw new ModuleFailure(ModuleFailure.Kind.FAILED, "the token's signature is not a pair of numbers");
        }
    }

    /** RFC 8017 section 9.1.1: the modulus must hold twice the digest and two bytes. */
    private boolean longEnough(Digest digest) {
        int bits = numbers.rsa().orElseThrow().getModulus().bitLength();
        return bits - 1 >= 8 * (2 * Digests.length(digest) + 2) - 7;
    }

    private static Mechanism digesting(Digest digest) {
        return new Mechanism.RsaPkcs1Digesting(Digests.hash(digest));
    }

    private static Mechanism.RsaPss pss(Digest digest) {
        Hash hash = Digests.hash(digest);
        return new Mechanism.RsaPss(hash, hash, Digests.length(digest));
    }

    private static org.bouncycastle.crypto.Digest of(Digest digest) {
        return switch (digest) {
            case SHA256 -> new SHA256Digest();
            case SHA384 -> new SHA384Digest();
            case SHA512 -> new SHA512Digest();
        };
    }
}
