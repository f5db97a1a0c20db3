package org.zegel.store.macos;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;
import org.zegel.store.SignatureCheck;

/** A key of the keychain, for one consent. */
final class KeychainKey implements BoundKey, RsaDecryption, KeyAgreement {
    private static final int BYTE = 8;

    private final Identity identity;
    private final Keychain.Key key;
    private final Set<IdentityId> confirmed;
    private boolean closed;

    /** Takes the key over; {@code confirmed} are those that are known to be their certificates', and gets this one. */
    KeychainKey(Identity identity, Keychain.Key key, Set<IdentityId> confirmed) {
        this.identity = identity;
        this.key = key;
        this.confirmed = confirmed;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        SecAlgorithm algorithm = SecAlgorithm.of(scheme);
        return algorithm != null && can(Identity.KeyUse.SIGN, algorithm);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        SecAlgorithm algorithm = SecAlgorithm.of(scheme);
        if (algorithm == null || !can(Identity.KeyUse.SIGN, algorithm)) {
            throw new Failure(
                    Failure.Kind.IDENTITY_UNSUITABLE,
                    "This identity's key cannot sign with the requested algorithm. Choose one that fits the key.");
        }
        if (message.length > MAX_TO_BE_SIGNED) {
            throw new Failure(Failure.Kind.CONTENT_TOO_LARGE, "The data to sign is too large for a key.");
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance(scheme.digest().algorithm()).digest(message);
            byte[] signature = open().sign(algorithm, digest);
            confirm(scheme, message, signature);
            return signature;
        } catch (KeychainError failed) {
            throw KeychainWords.failure(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void confirm(SignatureScheme scheme, byte[] message, byte[] signature) throws Failure {
        if (confirmed.contains(identity.id())) {
            return;
        }
        PublicKey publicKey = identity.certificate().getPublicKey();
        if (SignatureCheck.of(scheme, publicKey, message, signature) == SignatureCheck.WRONG) {
            throw KeychainWords.otherKey();
        }
        confirmed.add(identity.id());
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        return can(Identity.KeyUse.DECRYPT, SecAlgorithm.DECRYPT_PKCS1) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        return can(Identity.KeyUse.AGREE, SecAlgorithm.AGREE) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public byte[] pkcs1(byte[] encryptedKey) throws Failure {
        return decrypt(SecAlgorithm.DECRYPT_PKCS1, encryptedKey);
    }

    /** macOS knows OAEP with one digest for label and mask, and without a label. */
    @Override
    public byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure {
        SecAlgorithm algorithm = SecAlgorithm.oaep(digest);
        if (algorithm == null || !digest.equals(maskDigest) || label.length > 0 || !open().supports(algorithm)) {
            throw new Failure(
                    Failure.Kind.UNSUPPORTED,
                    "macOS cannot undo this kind of RSA-OAEP with a key of the keychain. Ask the sender for another one.");
        }
        return decrypt(algorithm, encryptedKey);
    }

    private byte[] decrypt(SecAlgorithm algorithm, byte[] ciphertext) throws Failure {
        try {
            return open().decrypt(algorithm, ciphertext);
        } catch (KeychainError failed) {
            throw KeychainWords.decryption(failed);
        }
    }

    @Override
    public byte[] agree(PublicKey other) throws Failure {
        ECPublicKeyParameters mine = point(identity.certificate().getPublicKey());
        ECPublicKeyParameters theirs = point(other);
        if (mine == null || theirs == null || !mine.getParameters().equals(theirs.getParameters())) {
            throw KeychainWords.cannotDecrypt();
        }
        try {
            byte[] secret = open().agree(theirs.getQ().getEncoded(false));
            int length = (mine.getParameters().getCurve().getFieldSize() + BYTE - 1) / BYTE;
            if (secret.length != length) {
                Arrays.fill(secret, (byte) 0);
                throw KeychainWords.cannotDecrypt();
            }
            return secret;
        } catch (KeychainError failed) {
            throw KeychainWords.decryption(failed);
        }
    }

    /** Known to lie on its curve; null where it is no such key. */
    private static @Nullable ECPublicKeyParameters point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return null;
        }
        try {
            return PublicKeyFactory.createKey(encoded) instanceof ECPublicKeyParameters ec ? ec : null;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    private boolean can(Identity.KeyUse use, SecAlgorithm algorithm) {
        return identity.uses().contains(use) && open().supports(algorithm);
    }

    private Keychain.Key open() {
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
