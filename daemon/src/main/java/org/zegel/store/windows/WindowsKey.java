package org.zegel.store.windows;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;
import org.zegel.store.SignatureCheck;

/** A key of Windows, for one consent. */
final class WindowsKey implements BoundKey, RsaDecryption, KeyAgreement {
    private static final int BYTE = 8;

    private final Identity identity;
    private final NativeKey key;
    private final PublicKey publicKey;
    private final Optional<ECPublicKeyParameters> point;
    private final Set<IdentityId> confirmed;
    private boolean closed;

    /** Takes the key over; {@code confirmed} are those that are known to be their certificates', and gets this one. */
    WindowsKey(Identity identity, NativeKey key, Set<IdentityId> confirmed) {
        this.identity = identity;
        this.key = key;
        this.confirmed = confirmed;
        this.publicKey = identity.certificate().getPublicKey();
        this.point = EccBlob.point(publicKey);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        boolean fits = switch (scheme.kind()) {
            case RSA_PKCS1 -> rsaBytes() > 0;
            // RFC 8017 section 9.1.1: room for hash, salt and two bytes.
            case RSA_PSS -> rsaBits() - 1 >= BYTE * (2 * length(scheme.digest()) + 1) + 1;
            case ECDSA -> point.isPresent();
            case ED25519 -> false;
        };
        return fits && identity.uses().contains(Identity.KeyUse.SIGN) && open().signs(scheme.kind());
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        if (!supports(scheme)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "This identity's key cannot sign with the requested algorithm. Choose one that fits the key.");
        }
        if (message.length > MAX_TO_BE_SIGNED) {
            throw new Failure(Failure.Kind.CONTENT_TOO_LARGE, "The data to sign is too large for a key.");
        }
        try {
            byte[] hash = MessageDigest.getInstance(scheme.digest().algorithm()).digest(message);
            byte[] signature = signed(scheme, hash);
            confirm(scheme, message, signature);
            return signature;
        } catch (WindowsException failed) {
            throw WindowsWords.failure(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] signed(SignatureScheme scheme, byte[] hash) throws WindowsException, Failure {
        if (scheme.kind() != SignatureScheme.Kind.ECDSA) {
            return open().sign(scheme.kind(), scheme.digest(), hash, rsaBytes());
        }
        BigInteger order = point.orElseThrow().getParameters().getN();
        int number = (order.bitLength() + BYTE - 1) / BYTE;
        return der(order, open().sign(scheme.kind(), scheme.digest(), hash, 2 * number));
    }

    /** What a container holds can be another key than the certificate says. */
    private void confirm(SignatureScheme scheme, byte[] message, byte[] signature) throws Failure {
        if (confirmed.contains(identity.id())) {
            return;
        }
        if (SignatureCheck.of(scheme, publicKey, message, signature) == SignatureCheck.WRONG) {
            throw WindowsWords.otherKey();
        }
        confirmed.add(identity.id());
    }

    private static byte[] der(BigInteger order, byte[] plain) throws Failure {
        try {
            BigInteger[] numbers = PlainDSAEncoding.INSTANCE.decode(order, plain);
            return StandardDSAEncoding.INSTANCE.encode(order, numbers[0], numbers[1]);
        } catch (IOException | RuntimeException wrong) {
            throw new Failure(
                    Failure.Kind.INTERNAL,
                    "The key's provider in Windows gave something that is no signature. Install its software again.",
                    wrong);
        }
    }

    private int rsaBits() {
        return publicKey instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
    }

    private int rsaBytes() {
        return (rsaBits() + BYTE - 1) / BYTE;
    }

    private static int length(Digest digest) {
        return switch (digest) {
            case SHA256 -> 32;
            case SHA384 -> 48;
            case SHA512 -> 64;
        };
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        return identity.uses().contains(Identity.KeyUse.DECRYPT) && rsaBytes() > 0
                ? Optional.of(this)
                : Optional.empty();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        boolean can = identity.uses().contains(Identity.KeyUse.AGREE)
                && point.flatMap(EccBlob::magic).isPresent()
                && open().agrees();
        return can ? Optional.of(this) : Optional.empty();
    }

    @Override
    public byte[] pkcs1(byte[] encryptedKey) throws Failure {
        byte[] ciphertext = ciphertext(encryptedKey);
        try {
            return open().pkcs1(ciphertext);
        } catch (WindowsException failed) {
            throw WindowsWords.decryption(failed);
        }
    }

    /** Windows knows OAEP with one digest for label and mask. */
    @Override
    public byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure {
        if (!digest.equals(maskDigest) || !open().knowsOaep(digest, label)) {
            throw new Failure(
                    Failure.Kind.UNSUPPORTED,
                    "Windows cannot undo this kind of RSA-OAEP with this key. Ask the sender for another one.");
        }
        byte[] ciphertext = ciphertext(encryptedKey);
        try {
            return open().oaep(ciphertext, digest, label);
        } catch (WindowsException failed) {
            throw WindowsWords.decryption(failed);
        }
    }

    /** Exactly as long as the modulus: providers are strict, and CryptoAPI's order would put missing zeros wrong. */
    private byte[] ciphertext(byte[] encryptedKey) throws Failure {
        int length = rsaBytes();
        if (encryptedKey.length > length) {
            throw WindowsWords.cannotDecrypt();
        }
        byte[] padded = new byte[length];
        System.arraycopy(encryptedKey, 0, padded, length - encryptedKey.length, encryptedKey.length);
        return padded;
    }

    @Override
    public byte[] agree(PublicKey other) throws Failure {
        ECPublicKeyParameters mine = point.orElseThrow(WindowsWords::cannotDecrypt);
        ECPublicKeyParameters theirs = EccBlob.point(other)
                .filter(each -> each.getParameters().equals(mine.getParameters()))
                .orElseThrow(WindowsWords::cannotDecrypt);
        byte[] blob = EccBlob.of(theirs).orElseThrow(WindowsWords::cannotDecrypt);
        try {
            byte[] secret = open().agree(blob, EccBlob.coordinate(mine));
            if (Arrays.equals(secret, new byte[secret.length])) {
                throw WindowsWords.cannotDecrypt();
            }
            return secret;
        } catch (WindowsException failed) {
            throw WindowsWords.decryption(failed);
        }
    }

    private NativeKey open() {
        if (closed) {
            throw new IllegalStateException("key already closed");
        }
        return key;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            key.close();
        }
    }
}
