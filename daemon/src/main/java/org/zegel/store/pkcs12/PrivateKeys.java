package org.zegel.store.pkcs12;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.encoders.Hex;
import org.zegel.model.Failure;

/** Private keys between their encoding (RFC 5208, RFC 8410) and the JCA, and which public key belongs to them. */
final class PrivateKeys {
    private static final Map<ASN1ObjectIdentifier, String> ALGORITHMS = Map.of(
            PKCSObjectIdentifiers.rsaEncryption, "RSA",
            PKCSObjectIdentifiers.id_RSASSA_PSS, "RSASSA-PSS",
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            EdECObjectIdentifiers.id_Ed25519, "EdDSA",
            EdECObjectIdentifiers.id_Ed448, "EdDSA",
            EdECObjectIdentifiers.id_X25519, "XDH",
            EdECObjectIdentifiers.id_X448, "XDH");

    private static final Set<ASN1ObjectIdentifier> JDK_CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private PrivateKeys() {}

    static PrivateKey decode(byte[] pkcs8) throws Failure {
        try {
            AlgorithmIdentifier identifier = PrivateKeyInfo.getInstance(pkcs8).getPrivateKeyAlgorithm();
            String algorithm = algorithm(identifier.getAlgorithm());
            // The JDK reads keys of other curves too, but cannot use them.
            boolean bouncy = algorithm.equals("EC") && !isCurveOfTheJdk(identifier.getParameters());
            KeyFactory factory = bouncy
                    ? KeyFactory.getInstance(algorithm, BouncyCastle.provider())
                    : KeyFactory.getInstance(algorithm);
            return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            throw ImportProblem.DAMAGED.failure();
        }
    }

    private static boolean isCurveOfTheJdk(ASN1Encodable parameters) {
        return parameters instanceof ASN1ObjectIdentifier curve && JDK_CURVES.contains(curve);
    }

    /** The key without attributes and public key, as DER; refuses key types that mail does not use. */
    static byte[] encode(PrivateKeyInfo key) throws Failure {
        algorithm(key.getPrivateKeyAlgorithm().getAlgorithm());
        try {
            return new PrivateKeyInfo(key.getPrivateKeyAlgorithm(), key.parsePrivateKey()).getEncoded(ASN1Encoding.DER);
        } catch (IOException | RuntimeException malformed) {
            throw ImportProblem.DAMAGED.failure();
        }
    }

    /** A text that is equal to {@link #fingerprint(SubjectPublicKeyInfo)} of the key's own public key alone. */
    static String fingerprint(PrivateKeyInfo key) throws Failure {
        String algorithm = algorithm(key.getPrivateKeyAlgorithm().getAlgorithm());
        try {
            if (algorithm.startsWith("RSA")) {
                RSAPrivateKey rsa = RSAPrivateKey.getInstance(key.parsePrivateKey());
                if (!rsa.getPrime1().multiply(rsa.getPrime2()).equals(rsa.getModulus())) {
                    throw ImportProblem.DAMAGED.failure();
                }
                return rsa(rsa.getModulus(), rsa.getPublicExponent());
            }
            AsymmetricKeyParameter parameters = PrivateKeyFactory.createKey(key);
            return switch (parameters) {
                case ECPrivateKeyParameters ec ->
                    point(new FixedPointCombMultiplier()
                            .multiply(ec.getParameters().getG(), ec.getD())
                            .normalize());
                case Ed25519PrivateKeyParameters ed ->
                    raw(ed.generatePublicKey().getEncoded());
                case Ed448PrivateKeyParameters ed -> raw(ed.generatePublicKey().getEncoded());
                case X25519PrivateKeyParameters x -> raw(x.generatePublicKey().getEncoded());
                case X448PrivateKeyParameters x -> raw(x.generatePublicKey().getEncoded());
                default -> throw ImportProblem.UNKNOWN_ALGORITHM.failure();
            };
        } catch (IOException | RuntimeException malformed) {
            throw ImportProblem.DAMAGED.failure();
        }
    }

    /** Names the public key of a certificate; an empty text for key types that mail does not use. */
    static String fingerprint(SubjectPublicKeyInfo key) {
        String algorithm = ALGORITHMS.getOrDefault(key.getAlgorithm().getAlgorithm(), "");
        try {
            return switch (algorithm) {
                case "RSA", "RSASSA-PSS" -> {
                    RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
                    yield rsa(rsa.getModulus(), rsa.getPublicExponent());
                }
                case "EC" ->
                    PublicKeyFactory.createKey(key) instanceof ECPublicKeyParameters ec ? point(ec.getQ()) : "";
                case "EdDSA", "XDH" -> raw(key.getPublicKeyData().getOctets());
                default -> "";
            };
        } catch (IOException | RuntimeException malformed) {
            return "";
        }
    }

    private static String algorithm(ASN1ObjectIdentifier oid) throws Failure {
        String algorithm = ALGORITHMS.get(oid);
        if (algorithm == null) {
            throw ImportProblem.UNKNOWN_ALGORITHM.failure();
        }
        return algorithm;
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return "rsa:" + modulus.toString(16) + ':' + exponent.toString(16);
    }

    private static String point(ECPoint point) {
        return "ec:" + Hex.toHexString(point.getEncoded(false));
    }

    private static String raw(byte[] key) {
        return "raw:" + Hex.toHexString(key);
    }
}
