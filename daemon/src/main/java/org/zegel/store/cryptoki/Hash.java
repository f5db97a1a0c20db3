package org.zegel.store.cryptoki;

/** Digests inside mechanisms: {@code CKM_*} of the digest and {@code CKG_MGF1_*} of the mask made with it. */
public enum Hash {
    SHA1("SHA-1", 0x220, 1),
    SHA224("SHA-224", 0x255, 5),
    SHA256("SHA-256", 0x250, 2),
    SHA384("SHA-384", 0x260, 3),
    SHA512("SHA-512", 0x270, 4);

    private final String algorithm;
    private final long id;
    private final long mask;

    Hash(String algorithm, long id, long mask) {
        this.algorithm = algorithm;
        this.id = id;
        this.mask = mask;
    }

    /** The JCA name. */
    public String algorithm() {
        return algorithm;
    }

    /** The number of the digest mechanism. */
    public long id() {
        return id;
    }

    /** The number of the mask generation function. */
    public long mask() {
        return mask;
    }
}
