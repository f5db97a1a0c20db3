package org.zegel.trust;

/** Smallest keys that count as strong, in bits. */
public record AlgorithmPolicy(int minRsaBits, int minDsaBits, int minEcBits) {
    public static final AlgorithmPolicy DEFAULT = new AlgorithmPolicy(2048, 2048, 256);
}
