package org.zegel.store.cryptoki;

/** Kinds of private keys, {@code CKK_*}. */
public enum KeyType {
    RSA(0x0),
    /** On a curve of Weierstrass form, such as P-256. */
    EC(0x3),
    /** Ed25519, Ed448. */
    EDWARDS(0x40),
    /** X25519, X448. */
    MONTGOMERY(0x41),
    OTHER(-1);

    private final long id;

    KeyType(long id) {
        this.id = id;
    }

    /** The number of PKCS#11; -1 for {@link #OTHER}. */
    public long id() {
        return id;
    }

    /** The kind with this number. */
    public static KeyType of(long id) {
        for (KeyType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        return OTHER;
    }
}
