package org.zegel.smime.verify;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** Comparison of algorithm identifiers. */
final class AlgorithmIdentifiers {
    private AlgorithmIdentifiers() {}

    /** Whether both name the same algorithm; absent and NULL parameters are the same (RFC 5754 section 2). */
    static boolean same(AlgorithmIdentifier first, AlgorithmIdentifier second) {
        return first.getAlgorithm().equals(second.getAlgorithm())
                && parameters(first).equals(parameters(second));
    }

    private static Object parameters(AlgorithmIdentifier algorithm) {
        @Nullable ASN1Encodable parameters = algorithm.getParameters();
        return parameters == null ? DERNull.INSTANCE : parameters.toASN1Primitive();
    }
}
