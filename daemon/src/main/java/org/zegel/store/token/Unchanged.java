package org.zegel.store.token;

import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;

/** In the place of RSA inside an encoding, where the token does RSA before or after. */
final class Unchanged implements AsymmetricBlockCipher {
    private final int outputBytes;

    Unchanged() {
        this(0);
    }

    /** @param outputBytes what a decoding expects: one less than the modulus has, for the zero in front */
    Unchanged(int outputBytes) {
        this.outputBytes = outputBytes;
    }

    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {
        // There is no key.
    }

    @Override
    public int getInputBlockSize() {
        return outputBytes + 1;
    }

    @Override
    public int getOutputBlockSize() {
        return outputBytes;
    }

    @Override
    public byte[] processBlock(byte[] in, int offset, int length) {
        byte[] out = new byte[length];
        System.arraycopy(in, offset, out, 0, length);
        return out;
    }
}
