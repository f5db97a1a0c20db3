package org.zegel.smime.make;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.util.ArrayList;
import java.util.List;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Failure.Kind;
import org.zegel.model.SignatureScheme;
import org.zegel.smime.SignOptions;
import org.zegel.store.BoundKey;
import org.zegel.store.CertificateChains;

/** A key that was checked to be fit for signing as asked, with the scheme it signs by. */
record SigningKey(BoundKey key, SignatureScheme scheme) {
    /**
     * Checks the key.
     *
     * @throws Failure {@code IDENTITY_UNSUITABLE} when key or certificate cannot sign so, {@code CERTIFICATE_EXPIRED}
     */
    static SigningKey of(BoundKey key, SignOptions options) throws Failure {
        X509Certificate certificate = key.identity().certificate();
        if (options.signingTime().isAfter(certificate.getNotAfter().toInstant())) {
            throw new Failure(
                    Kind.CERTIFICATE_EXPIRED, "The signing certificate has expired. Choose or request another one.");
        }
        if (options.signingTime().isBefore(certificate.getNotBefore().toInstant())) {
            throw new Failure(Kind.IDENTITY_UNSUITABLE, "The signing certificate is not valid yet.");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[0] && !usage[1]) {
            throw new Failure(
                    Kind.IDENTITY_UNSUITABLE, "This certificate is not meant for signing. Choose another identity.");
        }
        SignatureScheme scheme = scheme(certificate, options);
        if (!key.supports(scheme)) {
            throw new Failure(
                    Kind.IDENTITY_UNSUITABLE, "This key cannot sign in the way that was asked for: " + scheme.kind());
        }
        return new SigningKey(key, scheme);
    }

    X509Certificate certificate() {
        return key.identity().certificate();
    }

    Digest digest() {
        return scheme.digest();
    }

    /** The signer's certificate and the intermediates; roots are left out, whoever trusts one has it. */
    List<X509Certificate> certificates() {
        List<X509Certificate> all = new ArrayList<>(List.of(certificate()));
        for (X509Certificate issuer : key.identity().chain()) {
            if (!CertificateChains.isRoot(issuer) && !all.contains(issuer)) {
                all.add(issuer);
            }
        }
        return all;
    }

    /** The digest asked for, or a longer one: gpgsm refuses ECDSA with a digest shorter than the curve. */
    private static Digest digest(X509Certificate certificate, Digest asked) {
        int bits = ((ECKey) certificate.getPublicKey()).getParams().getOrder().bitLength();
        Digest least = bits > 384 ? Digest.SHA512 : bits > 256 ? Digest.SHA384 : Digest.SHA256;
        return asked.compareTo(least) < 0 ? least : asked;
    }

    private static SignatureScheme scheme(X509Certificate certificate, SignOptions options) throws Failure {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        return switch (algorithm) {
            case "RSA" ->
                new SignatureScheme(
                        options.pss() ? SignatureScheme.Kind.RSA_PSS : SignatureScheme.Kind.RSA_PKCS1,
                        options.digest());
            case "RSASSA-PSS" -> new SignatureScheme(SignatureScheme.Kind.RSA_PSS, options.digest());
            case "EC" -> new SignatureScheme(SignatureScheme.Kind.ECDSA, digest(certificate, options.digest()));
            // RFC 8419 section 3.1: the message digest that goes with Ed25519 is SHA-512, whatever was asked for.
            case "EdDSA", "Ed25519" -> new SignatureScheme(SignatureScheme.Kind.ED25519, Digest.SHA512);
            default ->
                throw new Failure(Kind.IDENTITY_UNSUITABLE, "Keys of the kind " + algorithm + " cannot sign messages.");
        };
    }
}
