package org.zegel.operation;

import java.util.Optional;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;
import org.zegel.store.RsaDecryption;

/** A bound key that several layers of one message use: whoever closes it gives it back, the call releases it. */
final class SharedKey implements BoundKey {
    private final BoundKey key;

    SharedKey(BoundKey key) {
        this.key = key;
    }

    @Override
    public Identity identity() {
        return key.identity();
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return key.supports(scheme);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) throws Failure {
        return key.sign(scheme, message);
    }

    @Override
    public Optional<RsaDecryption> decryption() {
        return key.decryption();
    }

    @Override
    public Optional<KeyAgreement> agreement() {
        return key.agreement();
    }

    @Override
    public void close() {
        // The next layer may need it: release() closes it at the end of the call.
    }

    void release() {
        key.close();
    }
}
