package org.zegel.store.token;

import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.zegel.model.Failure;
import org.zegel.store.KeyAgreement;
import org.zegel.store.cryptoki.ModuleFailure;

/** ECDH or X25519 by a key on a token. A point that is not on the key's own curve, or of small order, is refused. */
final class TokenAgreement implements KeyAgreement {
    private static final int BYTE = 8;
    private static final int X25519_BYTES = 32;

    private final PrivateOperations key;
    private final PublicNumbers own;
    private final TokenWords words;

    TokenAgreement(PrivateOperations key, PublicNumbers own, TokenWords words) {
        this.key = key;
        this.own = own;
        this.words = words;
    }

    @Override
    public byte[] agree(PublicKey other) throws Failure {
        byte[] point = point(PublicNumbers.of(other));
        try {
            byte[] secret = RsaBlocks.leftPad(key.derive(point), length());
            if (isZero(secret)) {
                throw TokenWords.cannotDecrypt();
            }
            return secret;
        } catch (ModuleFailure failed) {
            throw failed.kind() == ModuleFailure.Kind.FAILED ? TokenWords.cannotDecrypt() : words.failure(failed);
        }
    }

    private byte[] point(PublicNumbers other) throws Failure {
        if (own.x25519().isPresent() && other.x25519().isPresent()) {
            return other.x25519().get().getEncoded();
        }
        ECPublicKeyParameters mine = own.ec().orElseThrow(TokenWords::cannotDecrypt);
        ECPublicKeyParameters theirs = other.ec().orElseThrow(TokenWords::cannotDecrypt);
        if (!mine.getParameters().equals(theirs.getParameters())) {
            throw TokenWords.cannotDecrypt();
        }
        return theirs.getQ().getEncoded(false);
    }

    /** Some tokens leave zeros in front away. */
    private int length() {
        return own.ec()
                .map(ec -> (ec.getParameters().getCurve().getFieldSize() + BYTE - 1) / BYTE)
                .orElse(X25519_BYTES);
    }

    private static boolean isZero(byte[] secret) {
        byte[] zeros = new byte[secret.length];
        return Arrays.equals(zeros, secret);
    }
}
