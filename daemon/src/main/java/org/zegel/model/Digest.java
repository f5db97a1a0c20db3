package org.zegel.model;

/** Message digests used for new signatures. */
public enum Digest {
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA512("SHA-512");

    private final String algorithm;

    Digest(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The JCA name, for instance {@code SHA-256}. */
    public String algorithm() {
        return algorithm;
    }
}
