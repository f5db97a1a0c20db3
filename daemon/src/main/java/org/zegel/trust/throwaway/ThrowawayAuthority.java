package org.zegel.trust.throwaway;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA made on the spot, its key in memory only. Certificates are valid for one day. */
public final class ThrowawayAuthority {
    private static final Duration LIFE = Duration.ofDays(1);
    /** Clocks differ: certificates start a little in the past. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final int SERIAL_BITS = 120;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys;
    private final X500Name name;
    private final Instant start;
    private final X509Certificate certificate;

    /** The kinds of key that an end entity can have. */
    public enum Kind {
        /** Signs and decrypts. */
        RSA_2048,
        /** Signs and decrypts. */
        RSA_3072,
        /** Signs and decrypts. */
        RSA_4096,
        /** Signs and agrees keys. */
        P256,
        /** Signs. */
        ED25519,
        /** Agrees keys. */
        X25519
    }

    /**
     * A certificate and its key.
     *
     * @param issuers nearest first, the authority last
     */
    public record Issued(X509Certificate certificate, PrivateKey privateKey, List<X509Certificate> issuers) {}

    private ThrowawayAuthority(String commonName, Clock clock) throws GeneralSecurityException {
        this.keys = keyPair(Kind.P256);
        this.name = name(commonName);
        this.start = clock.instant().minus(SLACK);
        try {
            X509v3CertificateBuilder builder = builder(name, keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            this.certificate = signed(builder);
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    /** A self-signed P-256 authority whose certificates start at the clock's time, less an hour. */
    public static ThrowawayAuthority create(String commonName, Clock clock) throws GeneralSecurityException {
        return new ThrowawayAuthority(commonName, clock);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A new key and an e-mail certificate for it. */
    public Issued issue(String commonName, String address, Kind kind) throws GeneralSecurityException {
        KeyPair made = keyPair(kind);
        try {
            X509v3CertificateBuilder builder = builder(name(commonName), made.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(kind)));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)));
            return new Issued(signed(builder), made.getPrivate(), List.of(certificate));
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    /** A CRL that revokes these serial numbers, or none: it settles revocation for as long as the certificates live. */
    public X509CRL crl(Collection<BigInteger> revoked) throws GeneralSecurityException {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(start));
        builder.setNextUpdate(Date.from(start.plus(LIFE)));
        revoked.forEach(serial -> builder.addCRLEntry(serial, Date.from(start), CRLReason.keyCompromise));
        return new JcaX509CRLConverter().getCRL(builder.build(signer()));
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).setBit(0),
                Date.from(start),
                Date.from(start.plus(LIFE)),
                subject,
                key);
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(keys.getPublic()));
        return builder;
    }

    private X509Certificate signed(X509v3CertificateBuilder builder) throws GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    private ContentSigner signer() throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException unavailable) {
            throw new GeneralSecurityException(unavailable);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static int usage(Kind kind) {
        return switch (kind) {
            case RSA_2048, RSA_3072, RSA_4096 -> KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
            case P256 -> KeyUsage.digitalSignature | KeyUsage.keyAgreement;
            case ED25519 -> KeyUsage.digitalSignature;
            case X25519 -> KeyUsage.keyAgreement;
        };
    }

    private static KeyPair keyPair(Kind kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                switch (kind) {
                    case RSA_2048, RSA_3072, RSA_4096 -> "RSA";
                    case P256 -> "EC";
                    case ED25519 -> "Ed25519";
                    case X25519 -> "X25519";
                });
        switch (kind) {
            case RSA_2048 -> generator.initialize(2048);
            case RSA_3072 -> generator.initialize(3072);
            case RSA_4096 -> generator.initialize(4096);
            case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case ED25519, X25519 -> {}
        }
        return generator.generateKeyPair();
    }
}
