package org.zegel.smime.verify;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/**
 * How a signature value is checked.
 *
 * @param name JCA name, for instance {@code SHA256withRSA}
 * @param digest JCA name of the digest that the signature itself uses; null for schemes that bring their own
 */
record VerificationScheme(
        String name,
        @Nullable AlgorithmParameterSpec parameters,
        @Nullable String digest,
        SignatureAlgorithms.@Nullable Kind kind) {
    private static final String PSS = "RSASSA-PSS";

    /** Whether the scheme takes the message itself, all at once. */
    boolean pure() {
        return SignatureAlgorithms.isPure(name);
    }

    /** No longer to be trusted. */
    boolean weak() {
        return kind == SignatureAlgorithms.Kind.DSA || digest != null && DigestAlgorithms.weak(digest);
    }

    /**
     * Whether this is the digest to go with it: the same one (RFC 8933), or the one that EdDSA asks for (RFC 8419
     * section 3).
     */
    boolean goesWith(String digestAlgorithm) {
        return switch (name) {
            case "Ed25519" -> digestAlgorithm.equals("SHA-512");
            case "Ed448" -> digestAlgorithm.equals("SHAKE256-512");
            default -> digest == null || digest.equals(digestAlgorithm);
        };
    }

    /** Whether a key that is for RSASSA-PSS alone, with these parameters or better, allows this (RFC 4055 section 1.2). */
    boolean allowedBy(PublicKey key) {
        if (!(key instanceof RSAPublicKey rsa) || !key.getAlgorithm().equals(PSS)) {
            return true;
        }
        if (!(rsa.getParams() instanceof PSSParameterSpec asked)) {
            return name.equals(PSS) || kind == SignatureAlgorithms.Kind.RSA_PSS_SHAKE;
        }
        return parameters instanceof PSSParameterSpec used
                && used.getDigestAlgorithm().equals(asked.getDigestAlgorithm())
                && used.getSaltLength() >= asked.getSaltLength();
    }

    /**
     * The scheme that a SignerInfo names.
     *
     * @param digest JCA name of its digestAlgorithm, for identifiers that name none
     * @throws Malformed {@code signature-algorithm-unsupported} or {@code signature-algorithm-malformed}
     */
    static VerificationScheme of(AlgorithmIdentifier algorithm, String digest) throws Malformed {
        String id = algorithm.getAlgorithm().getId();
        Optional<String> pure = SignatureAlgorithms.pure(id);
        if (pure.isPresent()) {
            return new VerificationScheme(pure.get(), null, null, null);
        }
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return pss(algorithm);
        }
        SignatureAlgorithms.Named named =
                SignatureAlgorithms.named(id).orElseThrow(() -> new Malformed(Finding.SIGNATURE_ALGORITHM_UNSUPPORTED));
        String used = named.digest() == null ? digest : named.digest();
        return new VerificationScheme(named.kind().with(used), null, used, named.kind());
    }

    private static VerificationScheme pss(AlgorithmIdentifier algorithm) throws Malformed {
        try {
            RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
            if (parameters == null) {
                throw new Malformed(Finding.SIGNATURE_ALGORITHM_MALFORMED);
            }
            AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
            if (!mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
                throw new Malformed(Finding.SIGNATURE_ALGORITHM_UNSUPPORTED);
            }
            String digest = known(parameters.getHashAlgorithm());
            AlgorithmParameterSpec spec = new PSSParameterSpec(
                    digest,
                    "MGF1",
                    new MGF1ParameterSpec(known(AlgorithmIdentifier.getInstance(mask.getParameters()))),
                    parameters.getSaltLength().intValueExact(),
                    parameters.getTrailerField().intValueExact());
            return new VerificationScheme(PSS, spec, digest, null);
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.SIGNATURE_ALGORITHM_MALFORMED, malformed);
        }
    }

    private static String known(AlgorithmIdentifier digest) throws Malformed {
        return DigestAlgorithms.name(digest.getAlgorithm())
                .orElseThrow(() -> new Malformed(Finding.SIGNATURE_ALGORITHM_UNSUPPORTED));
    }
}
