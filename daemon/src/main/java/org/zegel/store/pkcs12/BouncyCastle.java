package org.zegel.store.pkcs12;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The one Bouncy Castle provider of this package, made when first needed and never registered with the JDK. */
final class BouncyCastle {
    private BouncyCastle() {}

    static Provider provider() {
        return Holder.PROVIDER;
    }

    private static final class Holder {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }
}
