package org.zegel.operation;

import java.security.PublicKey;
import java.util.Optional;
import org.zegel.consent.Question;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;

/**
 * A bound key that does what the person agreed to and nothing else, and writes an audit line for each use before its
 * outcome is handed on.
 */
final class AuditedKey implements BoundKey {
    private final BoundKey key;
    private final Question.Purpose purpose;
    private final KeyUseLog log;

    AuditedKey(BoundKey key, Question.Purpose purpose, KeyUseLog log) {
        this.key = key;
        this.purpose = purpose;
        this.log = log;
    }

    @Override
    public Identity identity() {
        return key.identity();
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return signs() && key.supports(scheme);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        if (!signs()) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "This use of the key was not what you were asked about.");
        }
        return log.signed(message, () -> key.sign(scheme, message));
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        return decrypts() ? key.decryption().map(AuditedDecryption::new) : Optional.empty();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        return decrypts() ? key.agreement().map(agreement -> other -> agree(agreement, other)) : Optional.empty();
    }

    @Override
    public void close() {
        key.close();
    }

    private boolean signs() {
        return purpose == Question.Purpose.SIGN || purpose == Question.Purpose.SIGN_RAW;
    }

    private boolean decrypts() {
        return purpose == Question.Purpose.DECRYPT || purpose == Question.Purpose.DECRYPT_RAW;
    }

    private byte[] agree(KeyAgreement agreement, PublicKey other) throws Failure {
        return log.decrypted(other.getEncoded(), () -> agreement.agree(other));
    }

    /** RSA decryption with a line for each try. */
    private final class AuditedDecryption implements RsaDecryption {
        private final RsaDecryption decryption;

        AuditedDecryption(RsaDecryption decryption) {
            this.decryption = decryption;
        }

        @Override
        public byte[] pkcs1(byte[] encryptedKey) throws Failure {
            return log.decrypted(encryptedKey, () -> decryption.pkcs1(encryptedKey));
        }

        @Override
        public byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure {
            return log.decrypted(encryptedKey, () -> decryption.oaep(encryptedKey, digest, maskDigest, label));
        }
    }
}
