package org.zegel.store.pkcs12;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.zegel.model.Failure;

/**
 * Writes PKCS#12 in the one form Zegel makes: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, PBMAC1 with HMAC-SHA-256
 * (RFC 7292, RFC 8018, RFC 9579).
 */
final class Pkcs12Writer {
    static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

    private static final int IV_BYTES = 16;
    /** RFC 9579 section 5: the old fields are there but mean nothing. */
    private static final byte[] UNUSED_SALT = "NOT USED".getBytes(StandardCharsets.US_ASCII);

    private final Salts salts;
    private final PasswordKeys keys;

    Pkcs12Writer(Salts salts, PasswordKeys keys) {
        this.salts = salts;
        this.keys = keys;
    }

    /** The file; certificates of the chains are written once each. */
    byte[] write(List<ImportedIdentity> identities) throws Failure {
        byte[] key = salts.encryptionKey(keys);
        try {
            ASN1EncodableVector safe = new ASN1EncodableVector();
            safe.add(encryptedCertificates(identities, key));
            safe.add(data(new DERSequence(keyBags(identities, key))));
            byte[] content = new DERSequence(safe).getEncoded(ASN1Encoding.DER);
            ContentInfo authSafe = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(content));
            return new Pfx(authSafe, mac(content)).getEncoded(ASN1Encoding.DER);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static ContentInfo data(ASN1Encodable content) throws IOException {
        byte[] bytes = content.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(bytes));
    }

    private ASN1EncodableVector keyBags(List<ImportedIdentity> identities, byte[] key)
            throws IOException, GeneralSecurityException {
        ASN1EncodableVector bags = new ASN1EncodableVector();
        for (ImportedIdentity identity : identities) {
            byte[] iv = newIv();
            EncryptedPrivateKeyInfo shrouded =
                    new EncryptedPrivateKeyInfo(scheme(iv), encrypt(key, iv, identity.pkcs8()));
            bags.add(new SafeBag(
                    PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, shrouded, localKeyId(identity.certificate())));
        }
        return bags;
    }

    private ContentInfo encryptedCertificates(List<ImportedIdentity> identities, byte[] key)
            throws IOException, GeneralSecurityException {
        ASN1EncodableVector bags = new ASN1EncodableVector();
        Set<X509Certificate> issuers = new LinkedHashSet<>();
        Set<X509Certificate> own = new LinkedHashSet<>();
        for (ImportedIdentity identity : identities) {
            own.add(identity.certificate());
            bags.add(certificateBag(identity.certificate(), localKeyId(identity.certificate())));
            issuers.addAll(identity.chain());
        }
        issuers.removeAll(own);
        for (X509Certificate issuer : issuers) {
            bags.add(certificateBag(issuer, new DERSet()));
        }
        byte[] iv = newIv();
        byte[] encrypted = encrypt(key, iv, new DERSequence(bags).getEncoded(ASN1Encoding.DER));
        return new ContentInfo(
                PKCSObjectIdentifiers.encryptedData,
                new EncryptedData(PKCSObjectIdentifiers.data, scheme(iv), new DEROctetString(encrypted)));
    }

    private static SafeBag certificateBag(X509Certificate certificate, ASN1Set attributes)
            throws CertificateEncodingException {
        CertBag bag = new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(certificate.getEncoded()));
        return attributes.size() == 0
                ? new SafeBag(PKCSObjectIdentifiers.certBag, bag.toASN1Primitive())
                : new SafeBag(PKCSObjectIdentifiers.certBag, bag.toASN1Primitive(), attributes);
    }

    /** Ties a key to its certificate: the hash of the certificate in both bags (RFC 2985 section 5.5.2). */
    private static ASN1Set localKeyId(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new DERSet(
                new Attribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DERSet(new DEROctetString(hash))));
    }

    private AlgorithmIdentifier scheme(byte[] iv) {
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBES2,
                new PBES2Parameters(
                        new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, salts.encryptionParameters()),
                        new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))));
    }

    private MacData mac(byte[] content) throws Failure {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBMAC1,
                new PBMAC1Params(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBKDF2, salts.macParameters()), HMAC_SHA256));
        byte[] mac = PasswordMac.hmac("SHA256", salts.macKey(keys), content);
        return new MacData(new DigestInfo(algorithm, mac), UNUSED_SALT, 1);
    }

    private static byte[] newIv() {
        byte[] iv = new byte[IV_BYTES];
        new SecureRandom().nextBytes(iv);
        return iv;
    }

    private static byte[] encrypt(byte[] key, byte[] iv, byte[] clear) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(clear);
    }
}
