package org.zegel.smime.decrypt;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Ciphers that the JDK lacks. */
final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
